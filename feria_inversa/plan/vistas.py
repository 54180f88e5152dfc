"""What the pages of a plan show: a line, now or as a version said it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import lugares
from feria_inversa.plan.archivo import MESES
from feria_inversa.plan.consultas import Empezado, modalidades_de, procesos_de
from feria_inversa.plan.modelos import Linea, Plan, VersionDePlan
from feria_inversa.precios import UNIDADES, cantidad
from nucleo.dinero import bs, formato_bs
from nucleo.lectores import para_escribir
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

POR_PAGINA = 25
CAMBIOS_A_LA_VISTA = 5
"""Lines of which the page says how each version changed them; its text has them all."""
LETRAS = 80


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line in a list. `cuanto` is empty where it does not say; `lugar`, its entity's where it does not."""

    id: UUID
    plan_id: UUID
    numero: int
    objeto: str
    categoria: str
    modalidad: str
    mes: str
    monto: Money
    partida: str
    fuente: str | None
    organismo: str | None
    familia: str | None
    cuanto: str
    lugar: str
    procesos: Sequence[Empezado] = ()


_CAMPOS = ("numero", "objeto", "categoria", "partida", "fuente", "organismo", "familia")


def nombre_de_mes(mes: int) -> str:
    return str(MESES[mes - 1]).capitalize()


def donde_se_entrega(
    sesion: Session, lineas: Sequence[Linea], planes: Mapping[UUID, Plan]
) -> dict[UUID, str]:
    """The place of each line of some plans, in words."""
    codigos = {linea.id: linea.municipio_ine or planes[linea.plan_id].municipio_ine for linea in lineas}
    nombres = lugares(sesion, set(codigos.values()))
    return {id: nombres.get(ine or "", "") for id, ine in codigos.items()}


def _cuanto(valor: Decimal | int | None, unidad: str | None, escrita: str | None) -> str:
    return "" if valor is None else cantidad(Decimal(valor), unidad, escrita)


def renglones(
    sesion: Session, lineas: Sequence[Linea], planes: Mapping[UUID, Plan], *, borradores: bool = False
) -> list[Renglon]:
    """Those of a page, of these plans, with the public processes that were begun from each; with
    `borradores`, the drafts.
    """
    donde = donde_se_entrega(sesion, lineas, planes)
    modalidades = modalidades_de(sesion, lineas)
    procesos = procesos_de(sesion, [linea.id for linea in lineas], borradores=borradores)
    return [
        Renglon(
            id=linea.id,
            plan_id=linea.plan_id,
            **{campo: getattr(linea, campo) for campo in _CAMPOS},
            modalidad=modalidades[linea.modalidad_id].codigo,
            mes=nombre_de_mes(linea.mes),
            monto=linea.monto,
            cuanto=_cuanto(linea.cantidad, linea.unidad_medida, linea.unidad_texto),
            lugar=donde[linea.id],
            procesos=procesos[linea.id],
        )
        for linea in lineas
    ]


def renglones_de_version(
    sesion: Session, plan: Plan, version: VersionDePlan, desde: int
) -> tuple[list[Renglon], bool]:
    """A page of the lines that a version said, and whether there are more."""
    dichas = json.loads(version.contenido, parse_float=Decimal)["plan"]["lineas"]
    pagina: list[Mapping[str, Any]] = dichas[desde : desde + POR_PAGINA]
    codigos = [dicha.get("municipio_ine") or plan.municipio_ine for dicha in pagina]
    nombres = lugares(sesion, codigos)
    hay = [
        Renglon(
            id=UUID(dicha["id"]),
            plan_id=version.plan_id,
            **{campo: dicha[campo] for campo in _CAMPOS},
            modalidad=dicha["modalidad"],
            mes=nombre_de_mes(dicha["mes"]),
            monto=bs(dicha["monto"]),
            cuanto=_cuanto(*(dicha.get(campo) for campo in ("cantidad", "unidad_medida", "unidad_texto"))),
            lugar=nombres.get(ine or "", ""),
        )
        for dicha, ine in zip(pagina, codigos, strict=True)
    ]
    return hay, desde + POR_PAGINA < len(dichas)


def en_frases(sesion: Session, cambio: Mapping[str, Any]) -> list[str]:
    """What a version changed, a line each, the first ones; of one made before that was written, nothing."""
    antes, ahora = cambio.get("antes", {}), cambio.get("ahora", {})
    frases: list[str] = []
    for numero in sorted(antes.keys() | ahora.keys(), key=int):
        era, es = antes.get(numero), ahora.get(numero)
        if era is None:
            frases.append(_("Añadió %(n)s. %(que)s") % {"n": numero, "que": _corto(es["objeto"])})
        elif es is None:
            frases.append(_("Quitó %(n)s. %(que)s") % {"n": numero, "que": _corto(era["objeto"])})
        else:
            difiere = "; ".join(
                f"{_NOMBRES[campo]}: {_en_palabras(sesion, campo, era[campo])}"
                f" → {_en_palabras(sesion, campo, es[campo])}"
                for campo in _NOMBRES
                if campo in es
            )
            frases.append(_("Cambió %(n)s. %(difiere)s") % {"n": numero, "difiere": difiere})
    de_mas = len(frases) - CAMBIOS_A_LA_VISTA
    if de_mas > 0:
        frases[CAMBIOS_A_LA_VISTA:] = [_("Y %(n)s líneas más, que están en su texto.") % {"n": de_mas}]
    return frases


_NOMBRES: Mapping[str, str] = {
    "objeto": _l("qué"),
    "categoria": _l("clase"),
    "modalidad": _l("modalidad"),
    "mes": _l("mes"),
    "monto": _l("monto"),
    "partida": _l("partida"),
    "fuente": _l("fuente"),
    "organismo": _l("organismo"),
    "familia": _l("familia UNSPSC"),
    "cantidad": _l("cantidad"),
    "unidad_medida": _l("unidad de medida"),
    "unidad_texto": _l("unidad escrita"),
    "municipio_ine": _l("lugar"),
}


def _en_palabras(sesion: Session, campo: str, valor: Any) -> str:
    if valor is None:
        return _("nada")
    if campo == "mes":
        return nombre_de_mes(valor).lower()
    if campo == "monto":
        return formato_bs(bs(Decimal(str(valor))))
    if campo == "cantidad":
        return para_escribir(Decimal(str(valor)))
    if campo == "unidad_medida":
        return UNIDADES[valor].nombre
    if campo == "municipio_ine":
        return str(lugares(sesion, [valor]).get(valor, valor))
    return _corto(str(valor))


def _corto(texto: str) -> str:
    return texto if len(texto) <= LETRAS else f"{texto[:LETRAS].rstrip()}…"
