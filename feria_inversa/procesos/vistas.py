"""What the pages of a call show: words for dates and states, a call in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from empresa_digital.registro import lugar, lugares, unidad_por_id, unidades_en_lote
from feria_inversa.documentos import documentos_de, pedidos_de
from feria_inversa.llaves import guardianes_de_llave, llave_de
from feria_inversa.plan import EnElPlan, en_el_plan
from feria_inversa.precios import cantidad
from feria_inversa.procesos.consultas import como_esta, cuce_dado_de, items_de, reglas_de
from feria_inversa.procesos.estados import Estado, Forma, Metodo, nombre_estado, tono_estado
from feria_inversa.procesos.grupos import agrupar
from feria_inversa.procesos.modelos import Convocatoria, Lote
from feria_inversa.reglas import opciones_de_categoria
from nucleo.dinero import formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def opciones_de_forma() -> list[tuple[str, str, str]]:
    return [
        (
            Forma.ITEM,
            _("Cada ítem por separado"),
            _("Se puede ofertar unos ítems y otros no; cada uno va a una oferta."),
        ),
        (Forma.LOTE, _("Cada lote entero"), _("Los ítems de un lote se ofertan y se adjudican juntos.")),
        (Forma.TOTAL, _("Todo junto"), _("Una sola oferta gana todos los ítems.")),
    ]


def opciones_de_metodo() -> list[tuple[str, str, str]]:
    return [
        (Metodo.PRECIO, _("Precio evaluado más bajo"), _("De las que cumplen, la más barata.")),
        (
            Metodo.CALIDAD_Y_COSTO,
            _("Calidad, propuesta técnica y costo"),
            _("Se suman los puntos de la propuesta técnica y los del precio."),
        ),
        (Metodo.CALIDAD, _("Calidad"), _("La de más puntos técnicos.")),
        (Metodo.PRESUPUESTO_FIJO, _("Presupuesto fijo"), _("La de más puntos dentro del presupuesto.")),
        (Metodo.MENOR_COSTO, _("Menor costo"), _("La más barata de las que llegan al mínimo técnico.")),
    ]


def opciones_de_lote(lotes: Sequence[Lote]) -> list[tuple[str, str]]:
    return [(str(lote.numero), f"{lote.numero}. {lote.nombre}") for lote in lotes]


@dataclass(frozen=True, slots=True)
class Tarjeta:
    """A call in a list: who buys, what, where, how much, until when."""

    convocatoria: Convocatoria
    entidad: str
    lugar: str
    estado: str
    tono: str

    @property
    def url(self) -> str:
        return f"/feria/{self.convocatoria.id}"


def situacion(convocatoria: Convocatoria, instante: datetime) -> tuple[str, str]:
    """The words and tone of a state; a call whose deadline passed is closed even if no sweep ran yet."""
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.PUBLICADO and vencida:
        return nombre_estado(Estado.RECEPCION_CERRADA), tono_estado(Estado.RECEPCION_CERRADA)
    como = como_esta(convocatoria)
    return nombre_estado(como), tono_estado(como)


def tarjetas(sesion: Session, convocatorias: Sequence[Convocatoria]) -> list[Tarjeta]:
    entidades = unidades_en_lote(sesion, [c.unidad_id for c in convocatorias])
    sitios = lugares(sesion, [c.municipio_ine for c in convocatorias])
    instante = ahora_bd(sesion)
    return [
        Tarjeta(c, entidades[c.unidad_id].nombre, sitios.get(c.municipio_ine, ""), *situacion(c, instante))
        for c in convocatorias
    ]


def esta_abierta(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether a bid sent now would be in time."""
    return (
        convocatoria.estado == Estado.PUBLICADO
        and convocatoria.vence_en is not None
        and ahora_bd(sesion) < convocatoria.vence_en
    )


def ficha(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """What every page about a call shows of it."""
    palabras, tono = situacion(convocatoria, ahora_bd(sesion))
    items = items_de(sesion, convocatoria.id)
    llave = llave_de(sesion, convocatoria.id)
    tecnica = llave_de(sesion, convocatoria.id, tecnica=True) if convocatoria.dos_sobres else None
    return {
        "convocatoria": convocatoria,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id),
        "lugar": lugar(sesion, convocatoria.municipio_ine),
        "regla": reglas_de(convocatoria),
        "cuce_dado": cuce_dado_de(sesion, convocatoria.id),
        "items": items,
        "grupos": agrupar(sesion, convocatoria, items),
        "metodo": {c: nombre for c, nombre, _ayuda in opciones_de_metodo()}[convocatoria.metodo],
        "forma": {c: nombre for c, nombre, _ayuda in opciones_de_forma()}[convocatoria.adjudica_por],
        "categoria": dict(opciones_de_categoria())[convocatoria.categoria],
        "situacion": palabras,
        "tono": tono,
        "cantidad": cantidad,
        "abierta": esta_abierta(sesion, convocatoria),
        "llave": llave,
        "llave_tecnica": tecnica,
        "guardan": guardianes_de_llave(sesion, llave) if llave else None,
        "en_plan": en_el_plan(sesion, convocatoria.id),
        "documentos": documentos_de(sesion, convocatoria.id),
        "pedidos": pedidos_de(sesion, convocatoria.id),
    }


def diferencias_con_el_plan(
    convocatoria: Convocatoria, modalidad: str | None, en_plan: EnElPlan | None
) -> list[str]:
    """In what a draft is not what its line says, in words; nothing where it is, or has no line."""
    if en_plan is None:
        return []
    dichas: list[str] = []
    if not en_plan.vigente:
        dichas.append(_("Esa línea ya no está en el plan vigente de la entidad."))
    elif en_plan.cambio:
        dichas.append(_("La línea cambió después de que el borrador empezó."))
    pide, prevista = convocatoria.monto_referencial, en_plan.monto
    if pide != prevista:
        mas = _("Pide %(pide)s, más que los %(prev)s previstos.")
        menos = _("Pide %(pide)s, menos que los %(prev)s previstos.")
        dichas.append(
            (mas if pide > prevista else menos) % {"pide": formato_bs(pide), "prev": formato_bs(prevista)}
        )
    if convocatoria.categoria != en_plan.categoria:
        nombres = dict(opciones_de_categoria())
        que = {"pide": nombres[convocatoria.categoria], "prev": nombres[en_plan.categoria]}
        dichas.append(_("Contrata «%(pide)s» y la línea prevé «%(prev)s».") % que)
    if modalidad is not None and modalidad != en_plan.modalidad:
        que = {"pide": modalidad, "prev": en_plan.modalidad}
        dichas.append(_("Por su monto corresponde %(pide)s y la línea prevé %(prev)s.") % que)
    return dichas
