"""Sealed envelopes at the opening: what could not be looked at before is judged here, a rule for each case.

The public log has a leaf of each bid of a process with a key, whatever became of it, from the closing on:
none can be added, dropped or changed after that without its showing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from constancia import anotar, anotar_varios, hash_de, registrar_tipo
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas import sobres
from feria_inversa.ofertas.archivos_abiertos import DeArchivos, anotar_abiertos
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import OBJETO, revisar_lineas, terminar
from feria_inversa.ofertas.tecnicas import dichas_en_lo_tecnico, es_lo_mismo
from feria_inversa.procesos import Grupo, agrupar
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

HOJA = "oferta_sellada"
registrar_tipo(HOJA, _l("Oferta en sobre sellado"), "/feria/{objeto}")
HOJA_DE_RECIBIDAS = "ofertas_recibidas"
registrar_tipo(HOJA_DE_RECIBIDAS, _l("Cuántas ofertas selladas hubo"), "/feria/{objeto}")


@dataclass(frozen=True, slots=True)
class Sellado:
    """What the act of opening says of a sealed envelope: its text, which anybody can hash, or why it fell.

    `sobre`, of one that fell, are the bytes that were tried: who holds the receipt can tell whether they are
    those that came.
    `apartado`: why some of its lines do not count, when others do.
    """

    oferta_id: UUID
    unidad_id: UUID
    huella: str
    texto: str
    falla: str
    sobre: bytes
    apartado: str = ""


def abrir_sellados(
    sesion: Session, convocatoria: Convocatoria, items: Sequence[Item], privada: bytes, instante: datetime
) -> list[Sellado]:
    """Turn the sealed envelopes of a locked call into lines; those of which nothing can count end, with their
    cause. Raises `PlazoNoVencido`.
    """
    leidos, grupos = [], agrupar(sesion, convocatoria, items)
    tecnicas = dichas_en_lo_tecnico(sesion, convocatoria)
    abiertas: dict[UUID, DeArchivos] = {}
    for dicho in sobres.leer_sellados(sesion, convocatoria, privada):
        oferta, falla, apartado = dicho.oferta, dicho.falla, ""
        if dicho.contenido is not None:
            valen, apartado = _lo_que_vale(convocatoria, items, grupos, dicho.contenido.lineas)
            if convocatoria.dos_sobres and not es_lo_mismo(tecnicas.get(oferta.huella_tecnica), valen):
                valen, apartado = [], apartado or _("Sus precios no son de lo que ofrece su parte técnica.")
            if valen:
                sobres.escribir(sesion, oferta, valen, items)
                abiertas[oferta.id] = dicho.contenido.de_archivos
            else:
                falla, apartado = apartado, ""
        if falla:
            _invalidar(sesion, oferta, falla, instante)
        sobre = dicho.sobre if falla else b""  # of what opened, its text says all
        leidos.append(
            Sellado(oferta.id, oferta.unidad_id, oferta.huella, dicho.texto, falla, sobre, apartado)
        )
    sesion.flush()
    if not convocatoria.dos_sobres:  # the documents went with the technical part
        anotar_abiertos(sesion, abiertas)
    return leidos


def _lo_que_vale(
    convocatoria: Convocatoria, items: Sequence[Item], grupos: Sequence[Grupo], lineas: Sequence[LineaEntrada]
) -> tuple[list[LineaEntrada], str]:
    """The lines of each thing awarded at once that could have been presented, and why the others could not: a
    fault costs what it is in, not the whole bid.
    """
    with suppress(DatosInvalidos):
        revisar_lineas(convocatoria, items, grupos, lineas)
        return list(lineas), ""
    de_item = {item.id: lugar for lugar, grupo in enumerate(grupos) for item in grupo.items}
    partes: dict[int | None, list[LineaEntrada]] = {}
    for linea in lineas:
        partes.setdefault(de_item.get(linea.item_id), []).append(linea)
    valen: list[LineaEntrada] = []
    faltas: list[str] = []
    for parte in partes.values():
        try:
            revisar_lineas(convocatoria, items, grupos, parte)
            valen += parte
        except DatosInvalidos as error:
            faltas += _palabras(error)
    try:
        revisar_lineas(convocatoria, items, grupos, valen)
    except DatosInvalidos as error:  # together they are more than can be written
        return [], " ".join(dict.fromkeys([*faltas, *_palabras(error)]))
    return valen, " ".join(dict.fromkeys(faltas))


def _palabras(error: DatosInvalidos) -> list[str]:
    return [*(error.campos or {}).values()] or [error.detalle]


def _invalidar(sesion: Session, oferta: Oferta, falla: str, instante: datetime) -> None:
    terminar(oferta, EstadoOferta.INVALIDA, instante)
    oferta.falla = falla
    sesion.flush()
    sistema = Autorizacion.propia(Actor.sistema("apertura"))
    auditar(sesion, sistema, "oferta.invalidar", OBJETO, oferta.id, {"falla": falla})


def anotar_selladas(sesion: Session, convocatoria: Convocatoria) -> int:
    """A leaf of each bid of a closed process with a key, as it was at the closing, and one of how many they
    are. Twice is once.

    The log puts them in the order of their hashes, which tells nothing.
    """
    if llave_de(sesion, convocatoria.id) is None:
        return 0
    contenidos = recibidas_de(sesion, convocatoria.id)
    anotar_varios(sesion, HOJA, str(convocatoria.id), contenidos)
    anotar(sesion, HOJA_DE_RECIBIDAS, str(convocatoria.id), recibidas_en_hoja(convocatoria.id, contenidos))
    return len(contenidos)


def recibidas_de(sesion: Session, proceso_id: UUID) -> list[str]:
    """What the leaves of the bids of a closed process say, in their order."""
    ofertas = sesion.exec(select(Oferta).where(col(Oferta.convocatoria_id) == proceso_id))
    return en_orden(proceso_id, [contenido_de(oferta) for oferta in ofertas])


def en_orden(proceso_id: UUID | str, contenidos: Iterable[str]) -> list[str]:
    """By the hashes of their leaves, which tells nothing."""
    return sorted(contenidos, key=lambda contenido: hash_de(HOJA, str(proceso_id), contenido))


def recibidas_en_hoja(proceso_id: UUID | str, contenidos: Iterable[str]) -> str:
    """What closes the list of the bids of a process: how many, and the digest of the hashes of their leaves,
    in order. With one more, or one less, it is another.
    """
    hashes = sorted(hash_de(HOJA, str(proceso_id), contenido) for contenido in contenidos)
    return f"{len(hashes)}|{hashlib.sha256(b''.join(hashes)).hexdigest()}"


def contenido_de(oferta: Oferta) -> str:
    """What the leaf of a bid says: its fingerprints, and whether its bidder left it standing."""
    fuera = oferta.estado in {EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA}
    return "|".join([*oferta.huellas, oferta.estado if fuera else EstadoOferta.VIGENTE])
