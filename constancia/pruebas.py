"""Proofs: that a leaf is in a signed tree, that one signed tree begins with another. A few rows each."""

from collections.abc import Sequence

from sqlmodel import Session

from constancia.anotar import texto_de_hoja
from constancia.arbol import partes_de_consistencia, partes_de_inclusion
from constancia.comprobar import VERSION
from constancia.consultas import cabeza_de, hashes_de_partes, hoja_por_hash, hojas_por_hash, ultima_cabeza
from constancia.errores import HojaPendiente, HojaPosterior, OrdenInvalido
from constancia.esquemas import (
    HojaCitada,
    HojaEnArbol,
    PruebaDeConsistencia,
    PruebaDeHojas,
    PruebaDeInclusion,
)
from constancia.modelos import Cabeza, Clave, Hoja
from constancia.presentar import presentar_cabeza
from nucleo.textos import gettext as _

COMO = (
    "1) `texto` es qhatu-hoja-v1 y los campos de `hoja` unidos con |, en ASCII. "
    "2) hash = SHA-256(00 || texto). "
    "3) Por cada hash de `ruta`, de abajo arriba, SHA-256(01 || izquierda || derecha) segun `indice` y "
    "cabeza.tamano (RFC 9162, 2.1.3.2). "
    "4) El resultado es cabeza.raiz. "
    "5) cabeza.firma es Ed25519 de `clave_publica` sobre: milisegundos desde 1970 de cabeza.instante "
    "(8 bytes), cabeza.tamano (8 bytes), 20, cabeza.raiz, 00 00 (RFC 9162, TreeHeadDataV2). "
    "6) cabeza.clave es SHA-256(302a300506032b6570032100 || clave_publica); compare la clave con la que se "
    "publica en /api/v1/constancia/claves."
)


def _pendiente() -> HojaPendiente:
    return HojaPendiente(
        _("La hoja ya está anotada; entra al árbol en menos de un minuto. Vuelva a pedirla.")
    )


def prueba_de_hojas(sesion: Session, hashes: Sequence[bytes]) -> PruebaDeHojas:
    """The proof that these leaves are in the tree of the last head, in four statements for any of them.

    Raises `HojaInexistente`, `HojaPendiente` while one of them has no place.
    """
    hojas = hojas_por_hash(sesion, hashes)
    cabeza = ultima_cabeza(sesion)
    if cabeza is None or any(hoja.indice is None for hoja in hojas):
        raise _pendiente()
    caminos = [partes_de_inclusion(hoja.indice or 0, cabeza.tamano) for hoja in hojas]
    hermanos = iter(hashes_de_partes(sesion, [parte for camino in caminos for parte in camino]))
    return PruebaDeHojas(
        hojas=[
            HojaEnArbol(
                tipo=hoja.tipo,
                objeto=hoja.objeto,
                contenido=hoja.contenido,
                indice=hoja.indice or 0,
                ruta=[next(hermanos).hex() for _parte in camino],
            )
            for hoja, camino in zip(hojas, caminos, strict=True)
        ],
        cabeza=presentar_cabeza(cabeza),
        clave_publica=sesion.get_one(Clave, cabeza.clave_id).publica.hex(),
    )


def prueba_de_inclusion(sesion: Session, hash_: bytes, tamano: int | None = None) -> PruebaDeInclusion:
    """The proof that a leaf is in the tree of the head of that size, by default the last.

    Raises `HojaInexistente`, `HojaPendiente` until it has its place, `CabezaInexistente`, `HojaPosterior`.
    """
    hoja = hoja_por_hash(sesion, hash_)
    cabeza = _cabeza_con(sesion, hoja, tamano)
    assert hoja.indice is not None
    ruta = hashes_de_partes(sesion, partes_de_inclusion(hoja.indice, cabeza.tamano))
    return PruebaDeInclusion(
        version=VERSION,
        hoja=HojaCitada(tipo=hoja.tipo, objeto=hoja.objeto, contenido=hoja.contenido),
        texto=texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido),
        hash=hoja.hash.hex(),
        indice=hoja.indice,
        ruta=[h.hex() for h in ruta],
        cabeza=presentar_cabeza(cabeza),
        clave_publica=sesion.get_one(Clave, cabeza.clave_id).publica.hex(),
        como_verificar=COMO,
    )


def _cabeza_con(sesion: Session, hoja: Hoja, tamano: int | None) -> Cabeza:
    pedida = None if tamano is None else cabeza_de(sesion, tamano)
    if hoja.indice is None:
        raise _pendiente()
    cabeza = pedida or ultima_cabeza(sesion)
    assert cabeza is not None, "a leaf gets its place in the transaction of a head"
    if hoja.indice >= cabeza.tamano:
        raise HojaPosterior(_("Pida la prueba con una cabeza más nueva."))
    return cabeza


def prueba_de_consistencia(sesion: Session, desde: int, hasta: int) -> PruebaDeConsistencia:
    """The proof that the tree of one head begins with that of another. Raises `CabezaInexistente`,
    `OrdenInvalido`."""
    if desde > hasta:
        raise OrdenInvalido(_("Escriba primero el tamaño menor y después el mayor."))
    primera, segunda = cabeza_de(sesion, desde), cabeza_de(sesion, hasta)
    ruta = hashes_de_partes(sesion, partes_de_consistencia(desde, hasta))
    return PruebaDeConsistencia(
        primera=presentar_cabeza(primera),
        segunda=presentar_cabeza(segunda),
        ruta=[h.hex() for h in ruta],
    )
