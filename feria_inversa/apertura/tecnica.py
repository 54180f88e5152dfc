"""The first act of a process with two envelopes: the technical parts are opened, and nothing of their prices.

What opens them is a key of its own; that of the prices is given by its holders once the technical part is
qualified, and then only those of the bids that passed are read.
"""

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id, unidades_en_lote
from feria_inversa.actos import APERTURA_TECNICA, EVALUACION_TECNICA, acta_de_clase, levantar, publicar_acto
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura import eventos
from feria_inversa.designaciones import apartar_por_conflicto
from feria_inversa.entidades import habilitados, que_representa
from feria_inversa.llaves import llave_de, olvidar_partes, tenencias
from feria_inversa.ofertas import (
    Tecnico,
    abrir_tecnicos,
    anotar_selladas,
    caducar_sin_reconfirmar,
    las_que_no_pasaron,
    oferentes_de,
    ofertas_vigentes,
)
from feria_inversa.procesos import OBJETO, Estado, items_de, pasar, poner_plazo
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd


@dataclass(frozen=True, slots=True)
class LineaOfrecida:
    item: int
    descripcion: str
    marca: str
    detalle: str
    plazo_dias: int


@dataclass(frozen=True, slots=True)
class PropuestaTecnica:
    oferta_id: UUID
    proveedor: str
    registro: str
    presentada: datetime
    huella: str
    habilitado: bool
    lineas: tuple[LineaOfrecida, ...]


@dataclass(frozen=True, slots=True)
class NoLeida:
    """A bid whose technical part is none, and why."""

    proveedor: str
    huella: str
    falla: str


@dataclass(frozen=True, slots=True)
class ActaTecnica:
    """The first act, as it was written."""

    numero: int
    huella: str
    abierta_en: datetime
    abierta_por: str
    ofertas: int
    depositarios: tuple[str, ...]
    en_conflicto: tuple[str, ...]
    detalle: tuple[PropuestaTecnica, ...]
    no_leidas: tuple[NoLeida, ...]


@dataclass(frozen=True, slots=True)
class ResumenTecnico:
    """When the technical parts were opened, and of whom: what the pages of a process show of it."""

    abierta_en: datetime
    leidas: tuple[str, ...]
    no_leidas: tuple[tuple[str, str], ...]  # who, and why


def abrir_tecnica(
    sesion: Session, autorizacion: Autorizacion, convocatoria: Convocatoria, privada: bytes | None
) -> ActaTecnica:
    """Open the technical part of the bids of a locked, closed call; without `privada`, of which there are
    none. It waits then for who evaluates.
    """
    anotar_selladas(sesion, convocatoria)
    instante = ahora_bd(sesion)
    pasar(convocatoria, Estado.EVALUACION_TECNICA)
    convocatoria.tecnica_en = instante
    poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    olvidar_partes(sesion, convocatoria.id)
    caducadas = caducar_sin_reconfirmar(sesion, convocatoria, instante)
    items = items_de(sesion, convocatoria.id)
    leidos = []
    if privada is not None:
        leidos = abrir_tecnicos(sesion, autorizacion, convocatoria, items, privada, instante)
    dicho = _lo_dicho(sesion, convocatoria, items, leidos) | {
        "abrio": autorizacion.actor.nombre,
        "caducadas": caducadas,
    }
    acta = levantar(sesion, convocatoria.id, APERTURA_TECNICA, dicho, autorizacion.actor.nombre, instante)
    apartar_por_conflicto(sesion, convocatoria)
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], instante)
    leidas = len([leido for leido in leidos if not leido.falla])
    publicar(sesion, eventos.TECNICA_ABIERTA, convocatoria.id, {"ofertas": leidas}, autorizacion)
    auditar(sesion, autorizacion, "convocatoria.abrir_tecnica", OBJETO, convocatoria.id, {"ofertas": leidas})
    sesion.flush()
    return leer_acta_tecnica(acta)


def cerrar_tecnica(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    dicho: Mapping[str, Any],
    quien: str = "",
) -> Acta:
    """Who passes was said (`dicho`, and of each bid, in its row): the prices may be opened."""
    instante = ahora_bd(sesion)
    nombre = quien or autorizacion.actor.nombre
    acta = levantar(sesion, convocatoria.id, EVALUACION_TECNICA, dicho, nombre, instante)
    pasar(convocatoria, Estado.APERTURA_ECONOMICA)
    poner_plazo(sesion, convocatoria, instante)
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero, "pasan": len([o for o in dicho["ofertas"] if o["pasa"]])}
    publicar(sesion, eventos.TECNICA_CALIFICADA, convocatoria.id, hechos, autorizacion)
    auditar(sesion, autorizacion, "convocatoria.calificar_tecnica", OBJETO, convocatoria.id, hechos)
    sesion.flush()
    return acta


def _lo_dicho(
    sesion: Session, convocatoria: Convocatoria, items: Sequence[Item], leidos: Sequence[Tecnico]
) -> dict[str, Any]:
    """What the act says: what was in each technical envelope, to the byte and in words, and of what could not
    be read, the envelope itself; who gave a part of its key, and which of them act for a bidder.
    """
    assert convocatoria.vence_en is not None
    assert convocatoria.tecnica_en is not None
    llave = llave_de(sesion, convocatoria.id, tecnica=True)
    assert llave is not None
    dieron = [t for t in tenencias(sesion, llave.resguardo_id, llave) if t.entregada_en]
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    unidades = unidades_en_lote(sesion, [leido.oferta.unidad_id for leido in leidos])
    pueden = habilitados(sesion, set(unidades))
    numeros = {item.id: (item.numero, item.descripcion) for item in items}
    return {
        "cuce": convocatoria.cuce,
        "titulo": convocatoria.titulo,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id).denominacion,
        "cierre": convocatoria.vence_en.isoformat(),
        "apertura": convocatoria.tecnica_en.isoformat(),
        "llave": llave.publica.hex(),
        "depositarios": [t.nombre for t in dieron],
        "en_conflicto": [t.nombre for t in dieron if que_representa(sesion, t.persona_id) & oferentes],
        "ofertas": [
            {
                "oferta": str(leido.oferta.id),
                "proveedor": unidades[leido.oferta.unidad_id].denominacion,
                "registro": unidades[leido.oferta.unidad_id].numero,
                "presentada": leido.oferta.presentada_en.isoformat(),
                "huella": leido.huella,
                "habilitado": leido.oferta.unidad_id in pueden,
                "lineas": _lineas(leido, numeros),
            }
            for leido in leidos
            if not leido.falla
        ],
        "textos": {leido.huella: leido.texto for leido in leidos if not leido.falla},
        "invalidas": [
            {
                "proveedor": unidades[leido.oferta.unidad_id].denominacion,
                "huella": leido.huella,
                "falla": leido.falla,
                "texto": leido.texto,
                "huella_sobre": leido.oferta.huella_sobre_tecnico,
                "sobre": "" if leido.texto else base64.b64encode(leido.sobre).decode(),
            }
            for leido in leidos
            if leido.falla
        ],
    }


def _lineas(leido: Tecnico, numeros: Mapping[UUID, tuple[int, str]]) -> list[dict[str, Any]]:
    assert leido.contenido is not None
    return [
        {
            "item": numeros[linea.item_id][0],
            "descripcion": numeros[linea.item_id][1],
            "marca": linea.marca,
            "detalle": linea.detalle,
            "plazo_dias": linea.plazo_dias,
        }
        for linea in sorted(leido.contenido.lineas, key=lambda linea: numeros[linea.item_id])
    ]


def leer_acta_tecnica(acta: Acta) -> ActaTecnica:
    dicho = json.loads(acta.contenido)
    return ActaTecnica(
        numero=acta.numero,
        huella=acta.huella,
        abierta_en=acta.hecha_en,
        abierta_por=acta.hecha_por,
        ofertas=len(dicho["ofertas"]),
        depositarios=tuple(dicho["depositarios"]),
        en_conflicto=tuple(dicho["en_conflicto"]),
        detalle=tuple(
            PropuestaTecnica(
                UUID(o["oferta"]),
                o["proveedor"],
                o["registro"],
                datetime.fromisoformat(o["presentada"]),
                o["huella"],
                o["habilitado"],
                tuple(LineaOfrecida(**linea) for linea in o["lineas"]),
            )
            for o in dicho["ofertas"]
        ),
        no_leidas=tuple(NoLeida(o["proveedor"], o["huella"], o["falla"]) for o in dicho["invalidas"]),
    )


def resumen_tecnico_de(
    sesion: Session, convocatoria: Convocatoria, calificadas: Collection[UUID]
) -> ResumenTecnico | None:
    """The same, for pages: the act, with all that was in the envelopes, is not read. `calificadas`, the bids
    of which it was said later whether they pass.
    """
    if convocatoria.tecnica_en is None:
        return None
    fuera = [o for o in las_que_no_pasaron(sesion, convocatoria.id) if o.id not in calificadas]
    leidas = [*ofertas_vigentes(sesion, convocatoria.id)] if not calificadas else []
    nombres = unidades_en_lote(sesion, [oferta.unidad_id for oferta in (*leidas, *fuera)])
    return ResumenTecnico(
        convocatoria.tecnica_en,
        tuple(nombres[oferta.unidad_id].denominacion for oferta in leidas),
        tuple((nombres[oferta.unidad_id].denominacion, oferta.falla or "") for oferta in fuera),
    )


def acta_tecnica_de(sesion: Session, convocatoria: Convocatoria) -> ActaTecnica | None:
    """The first act of a process with two envelopes; None before it, and of any other."""
    if convocatoria.tecnica_en is None:
        return None
    acta = acta_de_clase(sesion, convocatoria.id, APERTURA_TECNICA)
    return None if acta is None else leer_acta_tecnica(acta)
