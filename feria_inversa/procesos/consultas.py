"""Reads of calls."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Text,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    text,
)
from sqlmodel import Session, col, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from feria_inversa.procesos.errores import ConvocatoriaNoEncontrada
from feria_inversa.procesos.estados import CANCELABLES, PUBLICOS, Cierre, Estado, Resultado
from feria_inversa.procesos.modelos import EN_CURSO, Convocatoria, CuceDado, Item, tabla_convocatoria
from feria_inversa.reglas import Reglas
from feria_inversa.reglas.modelos import Modalidad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, ids_de_cada_una, paginar, tras
from nucleo.panel import Espera

PRIMERA = CursorPedido(None, 20)


def items_de(sesion: Session, convocatoria_id: UUID) -> list[Item]:
    consulta = select(Item).where(Item.convocatoria_id == convocatoria_id).order_by(col(Item.numero))
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def puede_gestionar(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor works for the entity on its calls: it sees drafts and the panel, also while the
    entity may begin nothing.
    """
    return actor is not None and any(
        tiene_facultad(sesion, actor, unidad_id, facultad, estados=CON_LO_SUYO, con_otros=True)
        for facultad in (Facultad.COMPRAR, Facultad.EVALUAR)
    )


def convocatoria_visible(sesion: Session, actor: Actor | None, convocatoria_id: UUID) -> Convocatoria:
    """A call that this visitor may see: any published one, or a draft of an entity they work for."""
    convocatoria = sesion.get(Convocatoria, convocatoria_id)
    if convocatoria is None or (
        convocatoria.estado not in PUBLICOS and not puede_gestionar(sesion, actor, convocatoria.unidad_id)
    ):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def oculta_nombres(convocatoria: Convocatoria) -> bool:
    """Whether nobody knows yet whose each bid is: of a quick quotation, until it is decided; of one that ends
    undecided, for ever.
    """
    return convocatoria.cotizacion_rapida and convocatoria.resuelto_en is None


@dataclass(frozen=True, slots=True)
class Filtro:
    """What a visitor looks for. `situacion`: `abiertas` (still taking bids), `cerradas` or `todas`;
    `familia` and `segmentos`: of UNSPSC, of some item.
    """

    q: str = ""
    departamento: str | None = None
    modalidad: str | None = None
    categoria: str | None = None
    cierra_en_dias: int | None = None
    situacion: str = "abiertas"
    unidad_id: UUID | None = None
    familia: str | None = None
    segmentos: tuple[str, ...] | None = None

    @property
    def texto(self) -> str:
        return self.q.replace("\x00", " ").strip()[:200]


_EMPIEZA_UN_CUCE = re.compile(r"\d\d-")
# Spelled as in their indexes.
_departamento: ColumnElement[str] = literal_column("left(feria_convocatoria.municipio_ine, 2)", Text)
_modalidad: ColumnElement[str] = literal_column("(feria_convocatoria.reglas ->> 'codigo')", Text)
_CERRADAS: ColumnElement[bool] = literal_column("feria_convocatoria.estado <> 'publicado'", Boolean)
POCAS = 2_000


AHORA = select(func.nucleo_ahora()).scalar_subquery()
"""The clock asked once a statement, not once a row."""


def _abiertas() -> Iterable[ColumnElement[bool]]:
    yield col(Convocatoria.estado) == Estado.PUBLICADO
    yield col(Convocatoria.vence_en) > AHORA


def _coincide(
    texto: str, busqueda: Any = tabla_convocatoria.c.busqueda, cuce: Any = tabla_convocatoria.c.cuce
) -> ColumnElement[bool]:
    coincide: ColumnElement[bool] = busqueda.op("@@")(func.websearch_to_tsquery("feria_es", texto))
    if _EMPIEZA_UN_CUCE.match(texto):
        coincide = or_(coincide, cuce.startswith(texto, autoescape=True))
    return coincide


def _de_la_familia(sesion: Session, familia: str) -> ColumnElement[bool]:
    """What asks for something of a family: as what a text finds."""
    del_item = func.left(col(Item.unspsc), 4) == familia
    ids = sesion.exec(select(Item.convocatoria_id).where(del_item).distinct().limit(POCAS + 1)).all()
    if len(ids) <= POCAS:
        return col(Convocatoria.id).in_(ids)
    return exists().where(col(Item.convocatoria_id) == col(Convocatoria.id), del_item)


def _del_texto(sesion: Session, texto: str, lista: Select[Any], limite: int) -> ColumnElement[bool]:
    """What a text finds in a list of (id, search document, CUCE) in its order.

    A page of a word that many say is found among the first of the list. Of few that say it, those: left to
    its estimates, the database reads the whole list for a word that none says.
    """
    primeras = lista.limit(POCAS).subquery()
    ids = sesion.scalars(
        select(primeras.c.id).where(_coincide(texto, primeras.c.busqueda, primeras.c.cuce)).limit(limite)
    ).all()
    if len(ids) < limite:
        hallan = select(Convocatoria.id).where(col(Convocatoria.publicado_en).is_not(None), _coincide(texto))
        ids = sesion.exec(hallan.limit(POCAS + 1)).all()
    return col(Convocatoria.id).in_(ids) if len(ids) <= POCAS else _coincide(texto)


def _del_filtro(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    yield col(Convocatoria.publicado_en).is_not(None)
    if filtro.departamento:
        yield _departamento == filtro.departamento
    if filtro.modalidad:
        yield _modalidad == filtro.modalidad
    if filtro.categoria:
        yield col(Convocatoria.categoria) == filtro.categoria
    if filtro.cierra_en_dias is not None:
        yield col(Convocatoria.vence_en) <= AHORA + timedelta(days=filtro.cierra_en_dias)
    if filtro.unidad_id is not None:
        yield col(Convocatoria.unidad_id) == filtro.unidad_id
    if filtro.segmentos is not None:
        yield exists().where(
            col(Item.convocatoria_id) == col(Convocatoria.id),
            func.left(col(Item.unspsc), 2).in_(filtro.segmentos),
        )


def buscar(
    sesion: Session, filtro: Filtro, pagina: CursorPedido = PRIMERA
) -> tuple[list[Convocatoria], str | None]:
    """A page of published calls: the open ones by what closes first, the rest newest first."""
    son = [*_del_filtro(filtro)]
    if filtro.familia:
        son.append(_de_la_familia(sesion, filtro.familia))
    recibe = col(Convocatoria.estado) == Estado.PUBLICADO
    if filtro.situacion == "abiertas":
        son += _abiertas()
    elif filtro.situacion == "cerradas":
        vencida = recibe & (col(Convocatoria.vence_en) <= AHORA)
        por_cerrar = sesion.exec(select(Convocatoria.id).where(vencida).limit(1)).first() is not None
        son.append(~recibe | vencida if por_cerrar else _CERRADAS)  # by its index, but for a moment
    abiertas = filtro.situacion == "abiertas"
    columnas = (col(Convocatoria.vence_en if abiertas else Convocatoria.publicado_en), col(Convocatoria.id))
    if filtro.texto:
        tabla = tabla_convocatoria.c
        orden = [c.asc() if abiertas else c.desc() for c in columnas]
        lista = select(tabla.id, tabla.busqueda, tabla.cuce).where(
            *son, *tras(pagina, columnas, desc=not abiertas)
        )
        son.append(_del_texto(sesion, filtro.texto, lista.order_by(*orden), pagina.limite + 1))
    consulta: Select[Any] = select(Convocatoria).where(*son)
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=not abiertas)


def buscar_convocatorias(sesion: Session, q: str = "", limite: int = 20) -> list[Convocatoria]:
    """Open needs that match a text, what closes first on top. For other rooms' pages."""
    return buscar(sesion, Filtro(q=q), CursorPedido(None, limite))[0]


def abiertas_entre(sesion: Session, ids: Sequence[UUID]) -> list[Convocatoria]:
    """Those of some calls that take bids now."""
    return list(sesion.exec(select(Convocatoria).where(col(Convocatoria.id).in_(ids), *_abiertas())))


def contar_abiertas(sesion: Session, hasta: int) -> int:
    """How many needs take bids now; counting stops at `hasta`."""
    abiertas = select(Convocatoria.id).where(*_abiertas()).limit(hasta).subquery()
    return sesion.exec(select(func.count()).select_from(abiertas)).one()


class Pila(StrEnum):
    """Where a process lies on its entity's desk."""

    BORRADORES = "borradores"
    ABIERTAS = "abiertas"
    SUSPENDIDAS = "suspendidas"
    POR_ABRIR = "por_abrir"
    EN_SUBASTA = "en_subasta"
    POR_ADJUDICAR = "por_adjudicar"
    POR_CONTRATAR = "por_contratar"
    IMPUGNADAS = "impugnadas"
    TERMINADAS = "terminadas"


def pila() -> ColumnElement[str]:
    """The pile of each row. One past its hour waits to be opened even before the sweep closes it."""
    estado = col(Convocatoria.estado)
    abierta = (estado == Estado.PUBLICADO) & (col(Convocatoria.vence_en) > AHORA)
    por_ordenar = col(Convocatoria.items_adjudicados) > col(Convocatoria.items_ordenados)
    return case(
        (estado == Estado.BORRADOR, literal(Pila.BORRADORES, Text)),
        (abierta, literal(Pila.ABIERTAS, Text)),
        (estado == Estado.SUSPENDIDO, literal(Pila.SUSPENDIDAS, Text)),
        (
            estado.in_(
                (
                    Estado.PUBLICADO,
                    Estado.RECEPCION_CERRADA,
                    Estado.APERTURA_IMPEDIDA,
                    Estado.APERTURA_ECONOMICA,
                )
            ),
            literal(Pila.POR_ABRIR, Text),
        ),
        (estado == Estado.SUBASTA, literal(Pila.EN_SUBASTA, Text)),
        (
            estado.in_((Estado.EVALUACION_TECNICA, Estado.APERTURA, Estado.EVALUACION)),
            literal(Pila.POR_ADJUDICAR, Text),
        ),
        (estado == Estado.IMPUGNADO, literal(Pila.IMPUGNADAS, Text)),
        ((estado == Estado.RESUELTO) & por_ordenar, literal(Pila.POR_CONTRATAR, Text)),
        else_=literal(Pila.TERMINADAS, Text),
    )


TERMINO = func.coalesce(
    col(Convocatoria.sigue_en), col(Convocatoria.vence_en), col(Convocatoria.creado_en)
).label("termino")
"""Until when a process waits as it is; spelled as in its index."""


def contar_pilas(sesion: Session, unidad_ids: Sequence[UUID]) -> dict[UUID, dict[str, Espera]]:
    """How many processes each entity has in each pile, and when the term of the first of them ends; what is
    over waits for nobody, and is not counted.
    """
    suyas = (
        select(
            Convocatoria.unidad_id,
            pila().label("pila"),
            func.coalesce(col(Convocatoria.sigue_en), col(Convocatoria.vence_en)).label("termino"),
        )
        .where(col(Convocatoria.unidad_id).in_(unidad_ids), text(EN_CURSO))
        .subquery()
    )
    consulta = select(suyas.c.unidad_id, suyas.c.pila, func.count(), func.min(suyas.c.termino)).group_by(
        suyas.c.unidad_id, suyas.c.pila
    )
    cuentas: dict[UUID, dict[str, Espera]] = {unidad_id: {} for unidad_id in unidad_ids}
    for unidad_id, donde, cuantas, hasta in sesion.exec(consulta):
        cuentas[unidad_id][donde] = Espera(cuantas, hasta)
    return cuentas


def de_la_pila(
    sesion: Session, unidad_ids: Sequence[UUID], cual: Pila, pagina: CursorPedido
) -> tuple[list[Convocatoria], str | None]:
    """A page of the processes of some entities in a pile: what ends first, first; of those that wait for no
    term (drafts, and what is over) the newest.
    """
    desc = cual in {Pila.BORRADORES, Pila.TERMINADAS}
    columnas: tuple[Any, ...] = (Convocatoria.creado_en if desc else TERMINO, Convocatoria.id)
    orden = [c.desc() if desc else c.asc() for c in columnas]
    son = [text(f"NOT {EN_CURSO}")] if cual == Pila.TERMINADAS else [text(EN_CURSO), pila() == cual]
    donde = (*son, *tras(pagina, columnas, desc=desc))
    ids = ids_de_cada_una(
        Convocatoria.id, col(Convocatoria.unidad_id), unidad_ids, orden, pagina.limite + 1, *donde
    )
    consulta: Any = select(Convocatoria, *columnas).where(col(Convocatoria.id).in_(ids))
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, desc=desc, escalares=False)
    return [fila[0] for fila in filas], siguiente


def como_esta(convocatoria: Convocatoria) -> Estado | Resultado:
    """The state of a process as it is told: of a resolved one, how it was resolved; of one that ended
    undecided, whether it was annulled.
    """
    if convocatoria.cierre == Cierre.ANULA:
        return Resultado.ANULADO
    if convocatoria.estado != Estado.RESUELTO:
        return Estado(convocatoria.estado)
    if convocatoria.items_ordenados:
        return Resultado.CONTRATADO
    return Resultado.ADJUDICADO if convocatoria.items_adjudicados else Resultado.DESIERTO


def se_cancela(convocatoria: Convocatoria) -> bool:
    """Whether its entity may cancel it: nothing of it is ordered, and it did not end deserted."""
    termino = convocatoria.items_ordenados or como_esta(convocatoria) == Resultado.DESIERTO
    return convocatoria.estado in CANCELABLES and not termino


def modalidades_por_id(sesion: Session, convocatorias: Iterable[Convocatoria]) -> dict[UUID, Modalidad]:
    ids = {c.modalidad_id for c in convocatorias if c.modalidad_id is not None}
    return {m.id: m for m in sesion.exec(select(Modalidad).where(col(Modalidad.id).in_(ids)))}


def cuce_dado_de(sesion: Session, convocatoria_id: UUID) -> CuceDado | None:
    """Who said that a process has its CUCE in SICOES; None of those that got theirs here."""
    return sesion.get(CuceDado, convocatoria_id)


def reglas_de(convocatoria: Convocatoria) -> Reglas | None:
    """The rules that a call was born with, whatever they became since; None of a draft."""
    return None if convocatoria.reglas is None else Reglas.de_la_foto(convocatoria.reglas)
