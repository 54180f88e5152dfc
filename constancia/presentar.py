"""Rows of the log as they cross the API."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancia.anotar import texto_de_hoja
from constancia.esquemas import CabezaVista, ClaveVista, HojaVista
from constancia.modelos import Cabeza, Clave, Hoja


def iso_ms(instante: datetime) -> str:
    """UTC with milliseconds, `2026-03-10T12:00:00.123Z`: what a head's signature covers."""
    return instante.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def de_iso_ms(texto: str) -> datetime:
    """The instant that `iso_ms` wrote. ValueError if there is none."""
    return datetime.strptime(texto, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def presentar_cabeza(cabeza: Cabeza) -> CabezaVista:
    return CabezaVista(
        tamano=cabeza.tamano,
        instante=iso_ms(cabeza.instante),
        raiz=cabeza.raiz.hex(),
        clave=cabeza.clave_id.hex(),
        firma=cabeza.firma.hex(),
    )


def presentar_clave(clave: Clave, en_uso: bytes | None) -> ClaveVista:
    """`en_uso`: the id of the key that signed the last head."""
    pem = Ed25519PublicKey.from_public_bytes(clave.publica).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    return ClaveVista(
        id=clave.id.hex(),
        publica=clave.publica.hex(),
        pem=pem.decode(),
        desde=iso_ms(clave.creada_en),
        en_uso=clave.id == en_uso,
    )


def presentar_hoja(hoja: Hoja) -> HojaVista:
    return HojaVista(
        hash=hoja.hash.hex(),
        tipo=hoja.tipo,
        objeto=hoja.objeto,
        contenido=hoja.contenido,
        texto=texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido),
        anotada_en=hoja.anotada_en.astimezone(UTC).isoformat(),
        estado="pendiente" if hoja.indice is None else "integrada",
        indice=hoja.indice,
    )
