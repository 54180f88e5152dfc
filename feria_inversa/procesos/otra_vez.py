"""A draft begun, in one step, from what another process could not contract."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.documentos import copiar
from feria_inversa.plan import en_el_plan
from feria_inversa.procesos.bloqueos import bloquear, bloquear_publica
from feria_inversa.procesos.convocatorias import OBJETO, crear_con
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
from feria_inversa.procesos.estados import Forma, Metodo
from feria_inversa.procesos.grupos import lotes_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.procesos.sucesion import anotar_vueltos, por_llamar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _

_DATOS = set(ConvocatoriaEntrada.model_fields) - {"lotes"}


def llamar_otra_vez(
    sesion: Session, actor: Actor, convocatoria_id: UUID, id_: UUID | None = None
) -> Convocatoria:
    """A draft that asks again for what was deserted of a process, or for all that an annulled one asked. The
    same `id_` again is the same draft. Raises `EstadoNoPermite`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_habilitacion(sesion, convocatoria.unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    return llamar_otra_vez_con(sesion, autorizacion, convocatoria_id, id_)


def llamar_otra_vez_con(
    sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID, id_: UUID | None = None
) -> Convocatoria:
    """`llamar_otra_vez` for a caller that already holds the authority."""
    anterior = bloquear(sesion, convocatoria_id)
    if id_ is not None and (hecha := sesion.get(Convocatoria, id_)) is not None:
        if hecha.convocatoria_anterior_id != convocatoria_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return hecha
    items = por_llamar(sesion, anterior)
    if not items:
        raise EstadoNoPermite(
            _("No hay nada que volver a convocar: ni ítems desiertos ni anulados sin otro llamado.")
        )
    datos, pedido = _lo_mismo(sesion, anterior, items)
    plan = en_el_plan(sesion, convocatoria_id)
    linea = plan.linea_id if plan is not None and plan.vigente else None
    siguiente = crear_con(sesion, autorizacion, datos, pedido, id_, linea, anterior.id)
    anotar_vueltos(sesion, siguiente.id, items)
    copiar(sesion, autorizacion, anterior.id, siguiente.id)
    hechos = {"siguiente": str(siguiente.id), "items": [item.numero for item in items]}
    auditar(sesion, autorizacion, "convocatoria.llamar_otra_vez", OBJETO, anterior.id, hechos)
    sesion.flush()
    return siguiente


def _lo_mismo(
    sesion: Session, anterior: Convocatoria, items: Sequence[Item]
) -> tuple[ConvocatoriaEntrada, list[ItemEntrada]]:
    """What was asked, of these items only; their lots are numbered again."""
    lotes = [lote for lote in lotes_de(sesion, anterior.id) if any(i.lote == lote.numero for i in items)]
    numero = {lote.numero: n for n, lote in enumerate(lotes, start=1)}
    datos = ConvocatoriaEntrada.model_construct(
        **{campo: getattr(anterior, campo) for campo in _DATOS}
        | {
            "adjudica_por": Forma(anterior.adjudica_por),
            "metodo": Metodo(anterior.metodo),
            "lotes": [lote.nombre for lote in lotes],
        }
    )
    pedido = [
        ItemEntrada.model_construct(
            **{campo: getattr(item, campo) for campo in ItemEntrada.model_fields}
            | {"lote": None if item.lote is None else numero[item.lote]}
        )
        for item in items
    ]
    return datos, pedido
