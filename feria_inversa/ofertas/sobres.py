"""Closed envelopes: the only file that writes or reads `feria_sobre`.

Until the opening act nobody reads an envelope, neither the entity nor its bidder: there is no function for
it. The act turns envelopes into lines (`feria_oferta_linea`), which the database refuses before the
deadline. Where the process has a key, the envelope is sealed to it (`sellar`, or the bidder's browser): then
nobody can, whatever they hold. Without one, access alone keeps it.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import Field, ValidationError
from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col, func, select

from feria_inversa.documentos import PEDIDOS_MAXIMOS
from feria_inversa.llaves import BYTES_DE_MAS, NoAbre, abrir, rellenar, sin_relleno, tamano_para
from feria_inversa.llaves import sellar as sellar_a
from feria_inversa.ofertas.archivos import Adjuntos
from feria_inversa.ofertas.archivos_abiertos import DeArchivos, anotar_abiertos
from feria_inversa.ofertas.errores import PlazoNoVencido, SobresCerrados
from feria_inversa.ofertas.esquemas import ArchivoDicho, Digesto, LineaEntrada, LineaTecnica
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea, Sobre, SobreTecnico
from feria_inversa.procesos import ITEMS_MAXIMOS, Estado
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.dinero import redondear
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.lectores import ROTA, Entrada, limpiar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

VERSION = 1
SOBRES_A_LA_VEZ, LINEAS_A_LA_VEZ = 100, 5_000
"""That an opening holds, of however many there are."""


class _DeArchivos(Entrada):
    clave: Digesto | None = None
    archivos: list[ArchivoDicho] = Field([], max_length=PEDIDOS_MAXIMOS)

    @property
    def de_archivos(self) -> "_DeArchivos":
        """What it says of its files alone, without its lines."""
        return _DeArchivos.model_construct(clave=self.clave, archivos=self.archivos)


class _DeUnSobre(_DeArchivos):
    version: Literal[1]
    sal: Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]


class Contenido(_DeUnSobre):
    """What an envelope says, and nothing besides: the act of opening publishes all of it."""

    lineas: Annotated[list[LineaEntrada], Field(min_length=1, max_length=ITEMS_MAXIMOS)]


class ContenidoTecnico(_DeUnSobre):
    """What the technical one says, where there are two; the other says the same lines with their prices."""

    lineas: Annotated[list[LineaTecnica], Field(min_length=1, max_length=ITEMS_MAXIMOS)]


C = TypeVar("C", Contenido, ContenidoTecnico)


class SobreAlterado(RuntimeError):
    """The bytes of an envelope do not match the fingerprint its bidder was given."""


def _cerrar(lineas: Sequence[LineaEntrada], adjuntos: Adjuntos | None, *, tecnica: bool) -> bytes:
    """The envelope's bytes. The salt keeps a fingerprint from being guessed by trying prices."""
    calla = {"precio_unitario"} if tecnica else None
    contenido: dict[str, Any] = {
        "version": VERSION,
        "sal": secrets.token_hex(32),
        "lineas": [linea.model_dump(mode="json", exclude=calla) for linea in lineas],
    }
    if adjuntos is not None:
        contenido["clave"] = adjuntos.clave
        contenido["archivos"] = [archivo.model_dump() for archivo in adjuntos.archivos]
    return json.dumps(contenido, ensure_ascii=False, separators=(",", ":")).encode()


def _abrir(contenido: bytes, modelo: type[C]) -> C:
    """Raises `ValueError`, or `TypeError` or `RecursionError` of what is not even an object."""
    leido = json.loads(contenido.decode(), object_pairs_hook=_una_vez)
    lineas = [_en_forma(linea) for linea in leido.get("lineas", ())]
    archivos = _de_archivos({campo: leido.pop(campo, None) for campo in _DeArchivos.model_fields})
    return modelo.model_validate({**leido, "lineas": lineas, **archivos})


def _de_archivos(dicho: dict[str, Any]) -> dict[str, Any]:
    """What it says of its files. What cannot be read costs the files, which say so, and never the bid."""
    if isinstance(dicho["archivos"], list):
        archivos = [_en_minusculas(a, "huella", "cifrado") for a in dicho["archivos"]]
        with suppress(ValidationError):
            return _DeArchivos.model_validate(
                _en_minusculas(dicho, "clave") | {"archivos": archivos}
            ).model_dump()
    return {}


def _en_minusculas(dicho: Any, *campos: str) -> Any:
    """A digest or a key is the same in capitals."""
    if not isinstance(dicho, dict):
        return dicho
    return dicho | {campo: dicho[campo].lower() for campo in campos if isinstance(dicho.get(campo), str)}


def _una_vez(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name said twice would be published, and read by nobody."""
    dicho = dict(pares)
    if len(dicho) != len(pares):
        raise ValueError("said twice")
    return dicho


def _en_forma(linea: Any) -> Any:
    """A line as its model wants it: what is sealed cannot be corrected, so what is only form is forgiven
    (letters that nobody sees, zeros in front)."""
    if not isinstance(linea, dict):
        return linea
    mejor: dict[str, Any] = {
        campo: limpiar(linea[campo].replace(ROTA, ""))
        for campo in ("marca", "detalle")
        if isinstance(linea.get(campo), str)
    }
    precio = linea.get("precio_unitario")
    if isinstance(precio, dict) and isinstance(precio.get("monto"), str):
        mejor["precio_unitario"] = precio | {"monto": re.sub(r"^0+(?=[0-9])", "", precio["monto"])}
    return linea | mejor


def cerrar(
    lineas: Sequence[LineaEntrada], adjuntos: Adjuntos | None = None, *, tecnica: bool = False
) -> tuple[bytes, str]:
    """An envelope with these lines and its fingerprint (SHA-256, hex); the technical one, without prices."""
    contenido = _cerrar(lineas, adjuntos, tecnica=tecnica)
    return contenido, hashlib.sha256(contenido).hexdigest()


def sellar(publica: bytes, info: str, dicho: bytes, items: int, pedidos: int = 0) -> bytes:
    """What `cerrar` gave, in an envelope that only the key of its process opens."""
    return sellar_a(publica, info, rellenar(dicho, items, pedidos))


PARA_PRECIOS = "qhatu-sobre-v2"
PARA_TECNICA = "qhatu-sobre-tecnico-v1"


def info_de(
    convocatoria_id: UUID, unidad_id: UUID, oferta_id: UUID, version: int, que: str = PARA_PRECIOS
) -> str:
    """What an envelope is for: one bid of one unit, for a version of its process. It opens as no other."""
    return f"{que}|{convocatoria_id}|{unidad_id}|{oferta_id}|{version}"


def _infos(oferta: Oferta, que: str) -> Iterator[str]:
    """For what an envelope may have been sealed: the same three ids, each as its bidder's program writes them
    (many write capitals). It was taken, so to lose it for that would be no bidder's fault.
    """
    if oferta.huella_sobre is None:  # sealed before its bid was in it
        yield f"qhatu-sobre-v1|{oferta.convocatoria_id}|{oferta.unidad_id}"
        return
    ids = (oferta.convocatoria_id, oferta.unidad_id, oferta.id)
    for proceso, unidad, id_ in product(*((str(uno), str(uno).upper()) for uno in ids)):
        yield f"{que}|{proceso}|{unidad}|{id_}|{oferta.version}"


def _abierto(oferta: Oferta, contenido: bytes, privada: bytes, que: str) -> bytes:
    """What a sealed envelope says. Raises `NoAbre`, or `ValueError` when there is no padding."""
    for info in _infos(oferta, que):
        with suppress(NoAbre):
            return sin_relleno(abrir(privada, info, contenido))
    raise NoAbre


def exigir_medida(sobre: bytes, items: int, pedidos: int, campo: str = "sobre") -> None:
    """Raise `DatosInvalidos` unless a sealed envelope has the length of those of its process."""
    if len(sobre) != tamano_para(items, pedidos) + BYTES_DE_MAS:
        detalle = _("El sobre no tiene el largo de los de este proceso.")
        raise DatosInvalidos(detalle, campos={campo: detalle})


def huella_de(sobre: bytes) -> str:
    """By which an envelope is known from its receipt to its opening, whatever it says."""
    return hashlib.sha256(sobre).hexdigest()


def huellas_guardadas(sesion: Session, convocatorias: Sequence[UUID]) -> dict[UUID, str]:
    """The fingerprint of each envelope as it lies now, by bid: nothing that it says is read."""
    consulta = select(Oferta.id, func.feria_huella_del_sobre(Oferta.id)).where(
        col(Oferta.convocatoria_id).in_(convocatorias)
    )
    return {id_: huella for id_, huella in sesion.exec(consulta) if huella is not None}


def huellas_tecnicas(sesion: Session, convocatorias: Sequence[UUID]) -> dict[UUID, str]:
    """The same of the technical ones, where there are two."""
    consulta = (
        select(SobreTecnico.oferta_id, func.encode(func.sha256(col(SobreTecnico.contenido)), "hex"))
        .join(Oferta, col(Oferta.id) == SobreTecnico.oferta_id)
        .where(col(Oferta.convocatoria_id).in_(convocatorias))
    )
    return dict(sesion.exec(consulta).all())


def guardar(sesion: Session, oferta_id: UUID, contenido: bytes, tecnico: bytes | None = None) -> None:
    """`tecnico`: the other envelope of two."""
    sesion.add(Sobre(oferta_id=oferta_id, contenido=contenido))
    if tecnico is not None:
        sesion.add(SobreTecnico(oferta_id=oferta_id, contenido=tecnico))
    sesion.flush()


@dataclass(frozen=True, slots=True)
class Dicho(Generic[C]):
    """What a sealed envelope said, or why it cannot be read. `sobre`: the bytes tried; `huella`, of what its
    bidder said that it says.
    """

    oferta: Oferta
    huella: str
    sobre: bytes = b""
    texto: str = ""
    contenido: C | None = None
    falla: str = ""


def leer_sellados(sesion: Session, convocatoria: Convocatoria, privada: bytes) -> Iterator[Dicho[Contenido]]:
    """What the sealed envelopes of the current bids say, one by one in the order they came. As
    `abrir_sobres`.
    """
    for oferta, contenido in _por_abrir(sesion, convocatoria):
        cerrado: Dicho[Contenido] = Dicho(oferta, oferta.huella, contenido or b"")
        yield _leer_sellado(cerrado, oferta.huella_sobre, privada, PARA_PRECIOS, Contenido)


def leer_tecnicos(
    sesion: Session, convocatoria: Convocatoria, privada: bytes
) -> Iterator[Dicho[ContenidoTecnico]]:
    """What the technical envelopes of the current bids say, as they come, in their opening."""
    _exigir_vencido(sesion, convocatoria, convocatoria.tecnica_en)
    if convocatoria.estado != Estado.EVALUACION_TECNICA:
        raise SobresCerrados
    consulta = (
        select(Oferta, SobreTecnico.contenido)
        .join(SobreTecnico, col(SobreTecnico.oferta_id) == Oferta.id)
        .where(Oferta.convocatoria_id == convocatoria.id, Oferta.estado == EstadoOferta.VIGENTE)
    )
    for oferta, contenido in _de_a_pocos(sesion, consulta):
        cerrado: Dicho[ContenidoTecnico] = Dicho(oferta, oferta.huella_tecnica or "", contenido)
        yield _leer_sellado(cerrado, oferta.huella_sobre_tecnico, privada, PARA_TECNICA, ContenidoTecnico)


def _de_a_pocos(sesion: Session, consulta: Any) -> Iterator[tuple[Oferta, Any]]:
    """Bids with their envelopes, in order, some at a time: a thousand of many items would be a gigabyte."""
    lugar = tuple_(col(Oferta.presentada_en), col(Oferta.id))
    consulta = consulta.order_by(col(Oferta.presentada_en), col(Oferta.id)).limit(SOBRES_A_LA_VEZ)
    filas = sesion.exec(consulta).all()
    while filas:
        yield from filas
        if len(filas) < SOBRES_A_LA_VEZ:
            return
        ultima = filas[-1][0]
        filas = sesion.exec(consulta.where(lugar > (ultima.presentada_en, ultima.id))).all()


def leer_tecnico(texto: str) -> ContenidoTecnico:
    """What a technical envelope said, once its act published it."""
    return _abrir(texto.encode(), ContenidoTecnico)


def _leer_sellado(
    cerrado: Dicho[C], huella_sobre: str | None, privada: bytes, que: str, modelo: type[C]
) -> Dicho[C]:
    """The same with what it says, or why it is not read."""
    if not cerrado.sobre:
        return replace(cerrado, falla=_("La oferta no tiene sobre."))
    try:
        dicho = _abierto(cerrado.oferta, cerrado.sobre, privada, que)
    except (NoAbre, ValueError):
        if huella_sobre not in {None, huella_de(cerrado.sobre)}:
            return replace(cerrado, falla=_("El sobre no es el que se recibió, y no se abre."))
        return replace(cerrado, falla=_("El sobre no se abre con la llave del proceso."))
    if hashlib.sha256(dicho).hexdigest() != cerrado.huella:
        return replace(cerrado, falla=_("Lo que dice el sobre no es lo que dice su huella."))
    try:
        return replace(cerrado, texto=dicho.decode(), contenido=_abrir(dicho, modelo))
    except (ValueError, TypeError, AttributeError, RecursionError):  # whatever somebody sealed
        return replace(cerrado, falla=_("Lo que dice el sobre no es una oferta."))


def abrir_sobres(sesion: Session, convocatoria: Convocatoria, items: Sequence[Item]) -> int:
    """Turn the envelopes of the current bids into readable lines; return how many envelopes there were.

    The call must be locked and in its opening. Replaced and withdrawn bids stay closed for ever. Raises
    `PlazoNoVencido` before the deadline by the database's clock, `SobreAlterado` if an envelope was touched.
    """
    abiertas: dict[UUID, DeArchivos] = {}
    for oferta, contenido in _por_abrir(sesion, convocatoria):
        if contenido is None or hashlib.sha256(contenido).hexdigest() != oferta.huella:
            raise SobreAlterado(str(oferta.id))
        dicho = _abrir(contenido, Contenido)
        assert len(dicho.lineas) == oferta.cantidad_lineas
        escribir(sesion, oferta, dicho.lineas, items)
        abiertas[oferta.id] = dicho.de_archivos
    anotar_abiertos(sesion, abiertas)
    return len(abiertas)


def escribir(sesion: Session, oferta: Oferta, lineas: Sequence[LineaEntrada], items: Sequence[Item]) -> None:
    """The lines of an envelope that was opened. The caller flushes the last ones."""
    if len(sesion.new) + len(lineas) > LINEAS_A_LA_VEZ:
        sesion.flush()
    cantidades = {item.id: item.cantidad for item in items}
    sesion.add_all(
        OfertaLinea(
            id=nuevo_id(),
            convocatoria_id=oferta.convocatoria_id,
            oferta_id=oferta.id,
            total=redondear(cantidades[linea.item_id] * linea.precio_unitario.amount),
            **{campo: getattr(linea, campo) for campo in LineaEntrada.model_fields},
        )
        for linea in lineas
    )


def _por_abrir(sesion: Session, convocatoria: Convocatoria) -> Iterator[tuple[Oferta, bytes | None]]:
    _exigir_vencido(sesion, convocatoria, convocatoria.abierto_en)
    if convocatoria.estado != Estado.APERTURA:
        raise SobresCerrados
    consulta = (
        select(Oferta, Sobre.contenido)
        .join(Sobre, col(Sobre.oferta_id) == Oferta.id, isouter=True)
        .where(Oferta.convocatoria_id == convocatoria.id, Oferta.estado == EstadoOferta.VIGENTE)
    )
    return _de_a_pocos(sesion, consulta)


def _exigir_vencido(sesion: Session, convocatoria: Convocatoria, abierta: datetime | None) -> None:
    vence = convocatoria.vence_en
    if vence is not None and (abierta or ahora_bd(sesion)) < vence:
        raise PlazoNoVencido(_("Los sobres se abren desde la hora de cierre, no antes."))


def lineas_abiertas(
    sesion: Session, convocatoria: Convocatoria, *donde: ColumnElement[bool]
) -> list[OfertaLinea]:
    """The lines of all bids, or of what `donde` says, cheapest first within each item. Raises
    `SobresCerrados` before the opening act, and while they are auctioned: until that ends nobody knows whose
    each is.

    Judged twice: by the recorded act and by the database's clock.
    """
    if convocatoria.abierto_en is None or not _ya_paso(sesion, convocatoria.vence_en):
        raise SobresCerrados(_("Los precios se conocen recién en la apertura, después del cierre."))
    if convocatoria.estado == Estado.SUBASTA:
        raise SobresCerrados(_("Quién ofrece cada precio se conoce cuando termine la subasta."))
    consulta = (
        select(OfertaLinea)
        .join(Oferta, col(Oferta.id) == OfertaLinea.oferta_id)
        .where(OfertaLinea.convocatoria_id == convocatoria.id, *donde)
        .order_by(col(OfertaLinea.total), col(Oferta.presentada_en), col(OfertaLinea.id))
    )
    return list(sesion.exec(consulta))


def _ya_paso(sesion: Session, vence_en: datetime | None) -> bool:
    """A process without a call has no deadline that must pass."""
    return vence_en is None or vence_en <= ahora_bd(sesion)
