"""What the pages of a plan show: a line, now or as a version said it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from feria_inversa.plan.archivo import MESES
from feria_inversa.plan.consultas import Empezado, modalidades_de, procesos_de
from feria_inversa.plan.modelos import Linea, VersionDePlan
from nucleo.dinero import bs, formato_bs
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

POR_PAGINA = 25
CAMBIOS_A_LA_VISTA = 5
"""Lines of which the page says how each version changed them; its text has them all."""
LETRAS = 80


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line in a list. `dineros` says of which budget it is paid, as its entity wrote it."""

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
    procesos: Sequence[Empezado] = ()


_CAMPOS = ("numero", "objeto", "categoria", "partida", "fuente", "organismo", "familia")


def nombre_de_mes(mes: int) -> str:
    return str(MESES[mes - 1]).capitalize()


def renglones(sesion: Session, lineas: Sequence[Linea], *, borradores: bool = False) -> list[Renglon]:
    """Those of a page, with the public processes that were begun from each; with `borradores`, the drafts."""
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
            procesos=procesos[linea.id],
        )
        for linea in lineas
    ]


def renglones_de_version(version: VersionDePlan, desde: int) -> tuple[list[Renglon], bool]:
    """A page of the lines that a version said, and whether there are more."""
    dichas = json.loads(version.contenido, parse_float=Decimal)["plan"]["lineas"]
    pagina: list[Mapping[str, Any]] = dichas[desde : desde + POR_PAGINA]
    hay = [
        Renglon(
            id=UUID(dicha["id"]),
            plan_id=version.plan_id,
            **{campo: dicha[campo] for campo in _CAMPOS},
            modalidad=dicha["modalidad"],
            mes=nombre_de_mes(dicha["mes"]),
            monto=bs(dicha["monto"]),
        )
        for dicha in pagina
    ]
    return hay, desde + POR_PAGINA < len(dichas)


def en_frases(cambio: Mapping[str, Any]) -> list[str]:
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
                f"{_NOMBRES[campo]}: {_en_palabras(campo, era[campo])} → {_en_palabras(campo, es[campo])}"
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
}


def _en_palabras(campo: str, valor: Any) -> str:
    if valor is None:
        return _("nada")
    if campo == "mes":
        return nombre_de_mes(valor).lower()
    if campo == "monto":
        return formato_bs(bs(Decimal(str(valor))))
    return _corto(str(valor))


def _corto(texto: str) -> str:
    return texto if len(texto) <= LETRAS else f"{texto[:LETRAS].rstrip()}…"
