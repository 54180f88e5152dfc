"""`qhatu verify`: sealed bids are those that were presented, and what the opening wrote is what they said."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan, hojas_de_mas
from feria_inversa.actos import APERTURA
from feria_inversa.actos.modelos import Acta
from feria_inversa.llaves import HOJA_DE_LLAVE, llaves_de_procesos
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.sellados import HOJA, contenido_de
from feria_inversa.ofertas.sobres import huellas_guardadas
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.auditoria import objetos_de
from nucleo.reloj import ahora_bd
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
ESPERA_DE_HOJAS = timedelta(hours=1)
"""The closing's event notes its leaves: until it has been delivered they are not missed."""
_LINEAS = text(
    "SELECT o.huella, count(*), sum(l.total) FROM feria_oferta o"
    " JOIN feria_oferta_linea l ON l.oferta_id = o.id WHERE o.convocatoria_id = :proceso GROUP BY o.id"
)


@comprueba("ofertas selladas")
def verificar_selladas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    procesos = llaves_de_procesos(sesion)
    ofertas = sesion.exec(
        select(Oferta).where(col(Oferta.convocatoria_id).in_(list(procesos))).order_by(col(Oferta.id))
    ).all()
    faltas = _sin_quien(sesion, ofertas) + _de_los_sobres(sesion, procesos, ofertas)
    faltas += _de_la_constancia(sesion, procesos, ofertas)
    return (faltas + _del_acta(sesion, procesos))[:FALTAS_MAXIMO]


def _sin_quien(sesion: Session, ofertas: Sequence[Oferta]) -> list[str]:
    """Somebody presented each bid, and withdrew or replaced each that ended so."""
    presentadas, retiradas = (objetos_de(sesion, f"oferta.{que}") for que in ("presentar", "retirar"))
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


def _de_los_sobres(sesion: Session, procesos: Collection[UUID], ofertas: Sequence[Oferta]) -> list[str]:
    """Each envelope is the one that came, and says so to its bidder and to the log."""
    guardadas = huellas_guardadas(sesion, list(procesos))
    return [
        f"el sobre de la oferta {o.id} no es el que se recibió"
        for o in ofertas
        if o.huella_sobre is not None and guardadas.get(o.id) != o.huella_sobre
    ]


def _de_la_constancia(
    sesion: Session, procesos: Mapping[UUID, bytes], ofertas: Sequence[Oferta]
) -> list[str]:
    """The leaves of each process are its key and, once it closed, its bids, and only they."""
    cerrados = set(
        sesion.exec(
            select(Convocatoria.id).where(
                col(Convocatoria.id).in_(list(procesos)),
                col(Convocatoria.abierto_en).is_not(None)
                | (col(Convocatoria.cerrado_en) < ahora_bd(sesion) - ESPERA_DE_HOJAS),
            )
        )
    )
    llaves = {hash_de(HOJA_DE_LLAVE, str(id_), publica.hex()): id_ for id_, publica in procesos.items()}
    hojas = {hash_de(HOJA, str(o.convocatoria_id), contenido_de(o)): o for o in ofertas}
    faltan = hashes_que_faltan(sesion, [h for h, o in hojas.items() if o.convocatoria_id in cerrados])
    return [
        *(f"falta en la constancia la llave de {llaves[h]}" for h in hashes_que_faltan(sesion, llaves)),
        *(f"falta en la constancia la oferta {hojas[h].id}" for h in faltan),
        *(f"la constancia tiene una oferta que no hay: {h}" for h in hojas_de_mas(sesion, HOJA, hojas)),
        *(f"la constancia tiene otra llave: {h}" for h in hojas_de_mas(sesion, HOJA_DE_LLAVE, llaves)),
    ]


def _del_acta(sesion: Session, procesos: Collection[UUID]) -> list[str]:
    """Each text of an act of opening has its fingerprint, and its lines are those that were written."""
    actas = sesion.exec(
        select(Acta).where(Acta.clase == APERTURA, col(Acta.convocatoria_id).in_(list(procesos)))
    ).all()
    faltas = []
    for acta in actas:
        dicho = json.loads(acta.contenido, parse_float=Decimal)
        filas = sesion.connection().execute(_LINEAS, {"proceso": acta.convocatoria_id})
        escritas = {huella: (cuantas, int(total)) for huella, cuantas, total in filas}
        dichas = {o["huella"]: (len(o["lineas"]), int(o["total"] * 100)) for o in dicho["ofertas"]}
        textos = dicho.get("textos", {})
        malos = [h for h, texto in textos.items() if hashlib.sha256(texto.encode()).hexdigest() != h]
        if malos or escritas != dichas or set(textos) != set(dichas):
            faltas.append(f"el acta de {dicho['cuce']} no dice lo que se escribió de sus ofertas")
    return faltas
