"""Alerts of what was awarded: a search of the State's processes, told when one that answers it is decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from alertas import Emparejador, Hallazgo, emparejar, registrar_emparejador
from empresa_digital.registro import nombres_de_unidades
from feria_inversa.alertas.criterios import COLUMNAS, Criterios, busqueda, en_palabras, objeto, volver
from feria_inversa.evaluacion import en_vigor
from feria_inversa.evaluacion import eventos as eventos_de_evaluacion
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.precios import sumar
from feria_inversa.procesos import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l

CODIGO = "feria.resultados"

_OBJETO = text(
    f"SELECT {COLUMNAS} FROM feria_convocatoria c"  # noqa: S608
    " WHERE c.id = :id AND EXISTS (SELECT FROM feria_item i"
    "     WHERE i.convocatoria_id = c.id AND i.estado = ANY (:estados))"
)


@al_ocurrir(eventos_de_evaluacion.ITEMS_ADJUDICADOS, consumidor="feria.emparejar_resultado")
def emparejar_resultado(sesion: Session, evento: EventoRecibido) -> None:
    """Note it for every alert that what was awarded of it answers: once, however often it is decided."""
    pide = {"id": evento.objeto_id, "estados": [EstadoItem.ADJUDICADO]}
    fila = sesion.connection().execute(_OBJETO, pide).one_or_none()
    if fila is not None:
        emparejar(sesion, CODIGO, evento.objeto_id, objeto(fila))


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    """Those of which an award is in force."""
    consulta = (
        select(Convocatoria.id, Convocatoria.titulo, Convocatoria.unidad_id, Adjudicacion)
        .join(Adjudicacion, col(Adjudicacion.convocatoria_id) == col(Convocatoria.id))
        .where(
            col(Convocatoria.id).in_(ids),
            col(Convocatoria.cancelado_en).is_(None),
            Adjudicacion.resultado == EstadoItem.ADJUDICADO,
            en_vigor(),
        )
        .order_by(col(Adjudicacion.decidida_en), col(Adjudicacion.id))
    )
    titulos: dict[UUID, tuple[str, UUID]] = {}
    ganadas: dict[UUID, list[Adjudicacion]] = defaultdict(list)
    for id_, titulo, entidad_id, fila in sesion.exec(consulta):
        titulos[id_] = titulo, entidad_id
        ganadas[id_].append(fila)
    unidades = {entidad_id for _titulo, entidad_id in titulos.values()}
    ganan = {f.proveedor_id for filas in ganadas.values() for f in filas if f.proveedor_id is not None}
    nombres = nombres_de_unidades(sesion, unidades | ganan)
    return {
        id_: Hallazgo(titulo, _detalle(nombres, entidad_id, ganadas[id_]), f"/feria/{id_}", "resultado")
        for id_, (titulo, entidad_id) in titulos.items()
    }


def _detalle(nombres: Mapping[UUID, str], entidad_id: UUID, filas: Sequence[Adjudicacion]) -> str:
    ganan = list(dict.fromkeys(nombres[f.proveedor_id] for f in filas if f.proveedor_id is not None))
    total = formato_bs(sumar(f.total for f in filas if f.total is not None))
    quien = ganan[0] if len(ganan) == 1 else ngettext("%(n)s proveedor", "%(n)s proveedores", len(ganan))
    return _("%(entidad)s adjudicó %(total)s a %(quien)s") % {
        "entidad": nombres[entidad_id],
        "total": total,
        "quien": quien % {"n": len(ganan)} if len(ganan) > 1 else quien,
    }


registrar_emparejador(
    Emparejador(
        CODIGO,
        _l("Lo que se adjudica"),
        Criterios,
        busqueda,
        lambda sesion, criterios: en_palabras(sesion, criterios, _("Todo lo que el Estado adjudica")),
        lambda criterios: volver(criterios, "cerradas"),
        _mostrar,
    )
)
