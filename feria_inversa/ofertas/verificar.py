"""`qhatu verify`: sealed bids are those that were presented, and what the opening wrote is what they said."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan, hojas_de_mas, objetos_con_hojas
from feria_inversa.actos import APERTURA, APERTURA_TECNICA, EVALUACION_TECNICA, acta_de_clase
from feria_inversa.llaves import HOJA_DE_LLAVE, llave_en_hoja, llaves_de_procesos
from feria_inversa.llaves.modelos import Llave
from feria_inversa.ofertas.estados import QUEDAN_CERRADAS, EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.sellados import HOJA, HOJA_DE_RECIBIDAS, contenido_de, recibidas_en_hoja
from feria_inversa.ofertas.sobres import huellas_guardadas, huellas_tecnicas
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.auditoria import objetos_de
from nucleo.reloj import ahora_bd
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
TANDA = 100
"""Processes looked at at once: what is read of them is held in memory."""
ESPERA_DE_HOJAS = timedelta(hours=1)
"""The closing's event notes its leaves: until it has been delivered they are not missed."""
_SE_ABRIERON = frozenset({EstadoOferta.VIGENTE, EstadoOferta.INVALIDA, EstadoOferta.NO_PASO})
_LINEAS = text(
    "SELECT o.huella, count(*), sum(coalesce(l.total_inicial, l.total)) FROM feria_oferta o"
    " JOIN feria_oferta_linea l ON l.oferta_id = o.id WHERE o.convocatoria_id = :proceso GROUP BY o.id"
)
_POR_ACCESO = text(
    "SELECT c.cuce FROM feria_convocatoria c JOIN feria_resguardo r ON r.unidad_id = c.unidad_id"
    "  AND c.publicado_en >= r.vigente_desde"
    "  AND (r.terminado_en IS NULL OR c.publicado_en < r.terminado_en - interval '1 minute')"
    " WHERE c.vence_en IS NOT NULL AND NOT c.cotizacion_rapida"
    "  AND NOT EXISTS (SELECT FROM feria_llave l WHERE l.convocatoria_id = c.id)"
    " ORDER BY 1 LIMIT :limite"
)
"""Who publishes reads the hour before waiting for the holders' lock, which who ends a group may have."""


@comprueba("ofertas selladas")
def verificar_selladas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    llaves = llaves_de_procesos(sesion)
    con_llave = {str(id_) for id_ in llaves}
    faltas = [
        f"la constancia tiene hojas de {tipo} de lo que no es un proceso con llave: {otro}"
        for tipo in (HOJA, HOJA_DE_RECIBIDAS, HOJA_DE_LLAVE)
        for otro in sorted(objetos_con_hojas(sesion, tipo) - con_llave)
    ]
    faltas += [
        f"{cuce} se publicó por acceso y su entidad tenía depositarios"
        for (cuce,) in sesion.connection().execute(_POR_ACCESO, {"limite": FALTAS_MAXIMO})
    ]
    procesos = sorted(llaves)
    for desde in range(0, len(procesos), TANDA):
        if len(faltas) < FALTAS_MAXIMO:
            tanda = procesos[desde : desde + TANDA]
            faltas += _de_una_tanda(sesion, {id_: llaves[id_] for id_ in tanda})
    return faltas[:FALTAS_MAXIMO]


def _de_una_tanda(sesion: Session, llaves: Mapping[UUID, Sequence[Llave]]) -> list[str]:
    procesos = list(llaves)
    ofertas = sesion.exec(
        select(Oferta).where(col(Oferta.convocatoria_id).in_(procesos)).order_by(col(Oferta.id))
    ).all()
    faltas = _de_las_llaves(sesion, llaves) + _sin_quien(sesion, ofertas)
    faltas += _de_los_sobres(sesion, procesos, ofertas)
    dobles = sorted({o.convocatoria_id for o in ofertas if o.huella_tecnica is not None})
    faltas += _de_las_tecnicas(sesion, dobles, ofertas)
    return faltas + _de_la_constancia(sesion, procesos, ofertas) + _de_las_actas(sesion, procesos, ofertas)


def _de_las_llaves(sesion: Session, llaves: Mapping[UUID, Sequence[Llave]]) -> list[str]:
    """The log has the keys of each process, and no other."""
    hojas = {
        hash_de(HOJA_DE_LLAVE, str(id_), llave_en_hoja(llave)): id_
        for id_, suyas in llaves.items()
        for llave in suyas
    }
    de_mas = hojas_de_mas(sesion, HOJA_DE_LLAVE, hojas, [str(id_) for id_ in llaves])
    return [
        *(f"falta en la constancia la llave de {hojas[h]}" for h in hashes_que_faltan(sesion, hojas)),
        *(f"la constancia tiene otra llave: {h}" for h in de_mas),
    ]


def _sin_quien(sesion: Session, ofertas: Sequence[Oferta]) -> list[str]:
    """Somebody presented each bid, and withdrew or replaced each that ended so."""
    ids = [str(o.id) for o in ofertas]
    presentadas, retiradas = (objetos_de(sesion, f"oferta.{que}", ids) for que in ("presentar", "retirar"))
    intentos = {(o.convocatoria_id, o.unidad_id, o.intento) for o in ofertas}
    return [
        f"la oferta {o.id} está {o.estado} y nadie la puso así"
        for o in ofertas
        if str(o.id) not in presentadas
        or (o.estado == EstadoOferta.RETIRADA and str(o.id) not in retiradas)
        or (
            o.estado == EstadoOferta.REEMPLAZADA
            and (o.convocatoria_id, o.unidad_id, o.intento + 1) not in intentos
        )
    ]


def _de_los_sobres(sesion: Session, procesos: Sequence[UUID], ofertas: Sequence[Oferta]) -> list[str]:
    """Each envelope is the one that came, and says so to its bidder and to the log."""
    guardadas, tecnicas = huellas_guardadas(sesion, procesos), huellas_tecnicas(sesion, procesos)
    return [
        f"el sobre de la oferta {o.id} no es el que se recibió"
        for o in ofertas
        if (o.huella_sobre is not None and guardadas.get(o.id) != o.huella_sobre)
        or tecnicas.get(o.id) != o.huella_sobre_tecnico
    ]


def _de_la_constancia(sesion: Session, procesos: Sequence[UUID], ofertas: Sequence[Oferta]) -> list[str]:
    """The leaves of each process, once it closed, are its bids, and only they."""
    cerrados = set(
        sesion.exec(
            select(Convocatoria.id).where(
                col(Convocatoria.id).in_(procesos),
                col(Convocatoria.abierto_en).is_not(None)
                | col(Convocatoria.tecnica_en).is_not(None)
                | (col(Convocatoria.cerrado_en) < ahora_bd(sesion) - ESPERA_DE_HOJAS),
            )
        )
    )
    hojas = {hash_de(HOJA, str(o.convocatoria_id), contenido_de(o)): o for o in ofertas}
    cuentas = {
        hash_de(HOJA_DE_RECIBIDAS, str(id_), recibidas_en_hoja(id_, suyas)): id_
        for id_ in procesos
        for suyas in [[contenido_de(o) for o in ofertas if o.convocatoria_id == id_]]
    }
    sin_cuenta = hashes_que_faltan(sesion, [h for h, id_ in cuentas.items() if id_ in cerrados])
    otras_cuentas = hojas_de_mas(sesion, HOJA_DE_RECIBIDAS, cuentas, [str(id_) for id_ in procesos])
    faltan = hashes_que_faltan(sesion, [h for h, o in hojas.items() if o.convocatoria_id in cerrados])
    de_mas = hojas_de_mas(sesion, HOJA, hojas, [str(id_) for id_ in procesos])
    return [
        *(f"falta en la constancia la oferta {hojas[h].id}" for h in faltan),
        *(f"la constancia tiene una oferta que no hay: {h}" for h in de_mas),
        *(f"falta en la constancia cuántas ofertas recibió {cuentas[h]}" for h in sin_cuenta),
        *(f"la constancia cuenta otras ofertas: {h}" for h in otras_cuentas),
    ]


def _de_las_actas(sesion: Session, procesos: Sequence[UUID], ofertas: Sequence[Oferta]) -> list[str]:
    """Each act of opening says what was written; one at a time, for they are long."""
    faltas = []
    for proceso in procesos:
        acta = acta_de_clase(sesion, proceso, APERTURA)
        if acta is None:
            continue
        dicho = json.loads(acta.contenido, parse_float=Decimal)
        sesion.expunge(acta)
        suyas = [o for o in ofertas if o.convocatoria_id == proceso]
        if not _dice_lo_escrito(sesion, proceso, dicho):
            faltas.append(f"el acta de {dicho['cuce']} no dice lo que se escribió de sus ofertas")
        faltas += [
            f"el acta de {dicho['cuce']} no da cuenta de la oferta {o.id}, {o.estado}"
            for o in suyas
            if _segun_el_acta(dicho, o) != o.estado
        ]
    return faltas


def _de_las_tecnicas(sesion: Session, procesos: Sequence[UUID], ofertas: Sequence[Oferta]) -> list[str]:
    """Of two envelopes, each first act says what was in those of the bids that came to it, and no others; and
    who passed, of those, is who may be awarded.
    """
    faltas = []
    for proceso in procesos:
        acta = acta_de_clase(sesion, proceso, APERTURA_TECNICA)
        if acta is None:
            continue
        dicho = json.loads(acta.contenido)
        textos, cuce = dicho["textos"], dicho["cuce"]
        suyas = [o for o in ofertas if o.convocatoria_id == proceso and o.estado in _SE_ABRIERON]
        leidas = {*textos, *(i["huella"] for i in dicho["invalidas"])}
        buenos = all(hashlib.sha256(texto.encode()).hexdigest() == h for h, texto in textos.items())
        if not buenos or leidas != {o.huella_tecnica for o in suyas}:
            faltas.append(f"el acta de la parte técnica de {cuce} no dice lo que había en sus sobres")
        calificada = acta_de_clase(sesion, proceso, EVALUACION_TECNICA)
        if calificada is not None:
            pasan = {o["oferta"] for o in json.loads(calificada.contenido)["ofertas"] if o["pasa"]}
            if pasan != {str(o.id) for o in suyas if o.estado != EstadoOferta.NO_PASO}:
                faltas.append(f"quienes siguen en {cuce} no son quienes pasaron la parte técnica")
    return faltas


def _dice_lo_escrito(sesion: Session, proceso: UUID, dicho: Mapping[str, Any]) -> bool:
    """Each text has its fingerprint, and its lines are those that were written."""
    filas = sesion.connection().execute(_LINEAS, {"proceso": proceso})
    escritas = {huella: (cuantas, int(total)) for huella, cuantas, total in filas}
    dichas = {o["huella"]: (len(o["lineas"]), int(o["total"] * 100)) for o in dicho["ofertas"]}
    textos = dicho.get("textos", {})
    buenos = all(hashlib.sha256(texto.encode()).hexdigest() == h for h, texto in textos.items())
    return buenos and escritas == dichas and set(textos) == set(dichas)


def _segun_el_acta(dicho: Mapping[str, Any], oferta: Oferta) -> str | None:
    """How a bid ended, as the act says it; None if it says nothing of it."""
    if oferta.huella in dicho.get("textos", {}):
        return EstadoOferta.VIGENTE
    if oferta.huella in {i["huella"] for i in dicho.get("invalidas", ())}:
        return EstadoOferta.INVALIDA
    if "cerradas" not in dicho and oferta.estado in QUEDAN_CERRADAS:  # those of before do not say it
        return oferta.estado
    return next((e for e, huellas in dicho.get("cerradas", {}).items() if oferta.huella in huellas), None)


_SIN_DECLARAR = text(
    "SELECT c.cuce, o.huella FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id"
    " WHERE c.vence_en IS NOT NULL AND o.presentada_en > (SELECT min(desde) FROM feria_declaracion)"
    " AND NOT EXISTS (SELECT FROM feria_oferta_declarada d WHERE d.oferta_id = o.id)"
    " ORDER BY 1, 2 LIMIT :limite"
)


@comprueba("declaraciones de ofertas")
def verificar_declaraciones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    filas = sesion.connection().execute(_SIN_DECLARAR, {"limite": FALTAS_MAXIMO})
    return [f"{cuce}: la oferta {huella} se presentó sin declaración" for cuce, huella in filas]
