"""A process that is begun from a line of its entity's plan, and whether one must be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, delete

from empresa_digital.registro import lugar
from feria_inversa.plan.bloqueos import compartir_plan
from feria_inversa.plan.consultas import enlace_de, enlazada, linea_por_numero, lo_dicho
from feria_inversa.plan.errores import FueraDelPlan, LineaNoVigente, PlanNoEncontrado
from feria_inversa.plan.esquemas import NUMERO_MAXIMO
from feria_inversa.plan.modelos import Linea, Plan, ProcesoDelPlan
from feria_inversa.plan.vistas import nombre_de_mes
from feria_inversa.precios import cantidad
from feria_inversa.reglas import Clave, Reglas
from nucleo.dinero import bs
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

DESCRIPCION_MAXIMA = 500


@dataclass(frozen=True, slots=True)
class ParaEmpezar:
    """What a line gives to the draft that is begun from it."""

    unidad_id: UUID
    linea: str
    titulo: str
    categoria: str
    municipio_ine: str | None


def para_empezar(sesion: Session, linea_id: UUID) -> ParaEmpezar:
    """Of a line in force. Raises `LineaNoVigente`."""
    linea = sesion.get(Linea, linea_id)
    plan = sesion.get(Plan, linea.plan_id) if linea is not None else None
    if linea is None or plan is None or not _vigente(sesion, plan, linea, plan.unidad_id):
        raise _no_vigente()
    return ParaEmpezar(
        plan.unidad_id,
        _codigo(plan, linea),
        linea.objeto,
        linea.categoria,
        linea.municipio_ine or plan.municipio_ine,
    )


def _no_vigente() -> LineaNoVigente:
    dice = _("Elija una línea del plan vigente de la entidad.")
    return LineaNoVigente(dice, campos={"linea_de_plan": dice})


def _vigente(sesion: Session, plan: Plan, linea: Linea, unidad_id: UUID) -> bool:
    return plan.unidad_id == unidad_id and not linea.retirada and plan.vigente(ahora_bd(sesion))


def _codigo(plan: Plan, linea: Linea) -> str:
    """How a line is called outside its plan: `PAC-1101-00-2028/12`."""
    return f"{plan.numero}/{linea.numero}"


def linea_dicha(sesion: Session, unidad_id: UUID, texto: str) -> UUID:
    """The line of an entity that somebody wrote: as it is called, or its number alone in this year's plan.
    Raises `LineaNoVigente`.
    """
    de_plan, _barra, numero = texto.strip().upper().rpartition("/")
    linea = None
    if numero.isascii() and numero.isdecimal() and len(numero) <= 5 and int(numero) <= NUMERO_MAXIMO:
        este_anio = fecha_bolivia(ahora_bd(sesion)).year
        linea = linea_por_numero(sesion, unidad_id, de_plan or este_anio, int(numero))
    if linea is None:
        dice = _("La entidad no tiene esa línea. Escriba su número en el plan: 12, o PAC-1101-00-2028/12.")
        raise LineaNoVigente(dice, campos={"linea_de_plan": dice})
    return linea


def enlazar(sesion: Session, unidad_id: UUID, convocatoria_id: UUID, linea_id: UUID | None) -> None:
    """The draft of a process is of this line of its entity's plan, held as it is meanwhile, or of none; of
    the one that it has already, as it was. Raises `LineaNoVigente`.
    """
    tiene = enlace_de(sesion, convocatoria_id)
    if linea_id == (tiene.linea_id if tiene else None):
        return
    if tiene is not None:
        sesion.delete(tiene)
        sesion.flush()
    if linea_id is None:
        return
    linea = sesion.get(Linea, linea_id)
    if linea is None:
        raise _no_vigente()
    try:
        plan = compartir_plan(sesion, linea.plan_id)
    except PlanNoEncontrado:  # a draft that was thrown away meanwhile
        raise _no_vigente() from None
    ahora_dice = sesion.get(Linea, linea_id, populate_existing=True)
    if ahora_dice is None or not _vigente(sesion, plan, ahora_dice, unidad_id):
        raise _no_vigente()
    sesion.add(
        ProcesoDelPlan(
            convocatoria_id=convocatoria_id, plan_id=plan.id, linea_id=linea_id, version=plan.version
        )
    )
    sesion.flush()


def soltar(sesion: Session, convocatoria_id: UUID) -> None:
    """A draft that is thrown away leaves its line."""
    sesion.execute(delete(ProcesoDelPlan).where(col(ProcesoDelPlan.convocatoria_id) == convocatoria_id))


@dataclass(frozen=True, slots=True)
class EnElPlan:
    """The line of a process as the plan has it now. `vigente`: it is in a plan that runs; `cambio`: it is not
    as it was when the process was begun.
    """

    plan_id: UUID
    linea_id: UUID
    codigo: str
    gestion: int
    objeto: str
    categoria: str
    modalidad: str
    mes: int
    monto: Money
    partida: str
    familia: str | None
    cantidad: Decimal | None
    unidad_medida: str | None
    unidad_texto: str | None
    vigente: bool
    cambio: bool

    @property
    def nombre_de_mes(self) -> str:
        return nombre_de_mes(self.mes)

    def primer_item(self) -> dict[str, Any]:
        """What the line says of the first item of its process, as its form asks for it; the price of one only
        where what is foreseen gives it exactly.
        """
        item: dict[str, Any] = {"descripcion": self.objeto[:DESCRIPCION_MAXIMA], "partida": self.partida}
        if self.familia is not None:
            item["unspsc"] = f"{self.familia}0000"
        if self.cantidad is not None:
            item["cantidad"] = self.cantidad
            item["unidad_medida"] = self.unidad_medida or ""
            if self.unidad_texto is not None:
                item["unidad_texto"] = self.unidad_texto
            de_uno = (self.monto.amount / self.cantidad).quantize(Decimal("0.0001"))
            if de_uno * self.cantidad == self.monto.amount:
                item["precio_referencial"] = bs(de_uno)
        return item


def en_el_plan(sesion: Session, convocatoria_id: UUID) -> EnElPlan | None:
    """Of the process that was begun from a line."""
    hallada = enlazada(sesion, convocatoria_id)
    if hallada is None:
        return None
    enlace, plan, linea, modalidad = hallada
    return EnElPlan(
        plan_id=plan.id,
        linea_id=linea.id,
        codigo=_codigo(plan, linea),
        gestion=plan.gestion,
        objeto=linea.objeto,
        categoria=linea.categoria,
        modalidad=modalidad,
        mes=linea.mes,
        monto=linea.monto,
        partida=linea.partida,
        familia=linea.familia,
        cantidad=linea.cantidad,
        unidad_medida=linea.unidad_medida,
        unidad_texto=linea.unidad_texto,
        vigente=_vigente(sesion, plan, linea, plan.unidad_id),
        cambio=linea.version > enlace.version,
    )


def falta_en_el_plan(reglas: Reglas, en_plan: EnElPlan | None) -> bool:
    """Whether a process of a modality should be in a plan and is of no line that is in one now."""
    valor = reglas.valores.get(Clave.EN_PLAN)
    return valor is not None and bool(valor.valor) and not (en_plan and en_plan.vigente)


def exigir_en_el_plan(sesion: Session, convocatoria_id: UUID, reglas: Reglas) -> None:
    """Raise `FueraDelPlan` where a confirmed rule asks for it; one in doubt is shown, and blocks nobody. The
    line is judged as it is now, and stays so until this transaction ends.
    """
    if not reglas.exige(Clave.EN_PLAN):
        return
    enlace = enlace_de(sesion, convocatoria_id)
    if enlace is not None:
        compartir_plan(sesion, enlace.plan_id)
    if falta_en_el_plan(reglas, en_el_plan(sesion, convocatoria_id)):
        raise FueraDelPlan(
            _(
                "La modalidad {} pide que el proceso esté en el plan anual: diga su línea en los datos."
            ).format(reglas.codigo)
        )


@dataclass(frozen=True, slots=True)
class Planificado:
    """What the plan said of a process when it was begun; `cuanto_y_donde`, of a line that says it."""

    plan_id: UUID
    numero_de_plan: str
    version: int
    gestion: int
    linea: dict[str, Any]
    cuanto_y_donde: str


def planificado(sesion: Session, convocatoria_id: UUID) -> Planificado | None:
    """Of the process that was begun from a line; what is changed later in the plan changes nothing of it."""
    hallado = lo_dicho(sesion, convocatoria_id)
    if hallado is None:
        return None
    plan, version, dicho = hallado
    assert plan.numero is not None
    linea = json.loads(dicho, parse_float=Decimal)
    return Planificado(plan.id, plan.numero, version, plan.gestion, linea, _cuanto_y_donde(sesion, linea))


def _cuanto_y_donde(sesion: Session, linea: Mapping[str, Any]) -> str:
    """«40 piezas, entrega en Sucre, Chuquisaca. »."""
    dichos = []
    if linea.get("cantidad") is not None:
        dichos.append(
            cantidad(Decimal(linea["cantidad"]), linea.get("unidad_medida"), linea.get("unidad_texto"))
        )
    if donde := lugar(sesion, linea.get("municipio_ine")):
        dichos.append(f"entrega en {donde}")
    return f"{', '.join(dichos)}. " if dichos else ""
