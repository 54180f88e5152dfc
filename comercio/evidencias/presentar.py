"""From rows to what the API and the pages show."""

from collections.abc import Mapping
from typing import Any

from comercio.evidencias.consultas import documento_de
from comercio.evidencias.esquemas import BusquedaCongelada, CongeladaEntera, CongeladaPublica
from comercio.evidencias.modelos import Congelada
from nucleo.configuracion import ajustes
from nucleo.lectores import iniciales
from nucleo.textos import gettext as _


def breve(fila: Congelada) -> BusquedaCongelada:
    return BusquedaCongelada.model_validate(fila, from_attributes=True)


def entera(fila: Congelada) -> CongeladaEntera:
    return CongeladaEntera.model_validate(fila, from_attributes=True)


def publica(fila: Congelada) -> CongeladaPublica:
    documento = documento_de(fila)
    return CongeladaPublica(
        numero=fila.numero,
        entidad=documento["entidad"]["nombre"],
        huella=fila.huella,
        congelada_en=fila.congelada_en,
        resultados=len(documento["resultados"]),
        quien=iniciales(documento["persona"]),
    )


def url_publica(fila: Congelada) -> str:
    """Where anybody who has the document verifies it."""
    return f"{ajustes().url_publica}/verificar-busqueda?huella={fila.huella}"


def pedido_en_palabras(pedido: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was asked of the shop, as (term, value)."""
    ordenes = {
        "relevancia": _("Más parecidos primero"),
        "recientes": _("Más nuevos primero"),
        "precio_asc": _("Menor precio primero"),
        "precio_desc": _("Mayor precio primero"),
    }
    categoria, departamento = pedido["categoria"] or {}, pedido["departamento"] or {}
    partes = [
        (_("Palabras"), pedido["palabras"]),
        (_("Categoría"), categoria.get("nombre", "")),
        (_("Departamento"), departamento.get("nombre", "")),
        (_("Precio desde (Bs)"), pedido["precio_desde"] or ""),
        (_("Precio hasta (Bs)"), pedido["precio_hasta"] or ""),
        (_("Solo de un vendedor"), pedido["vendedor"] or ""),
        (_("Existencia"), _("Solo lo que hay") if pedido["solo_con_existencia"] else ""),
        *((nombre.capitalize(), valor) for nombre, valor in pedido["atributos"].items()),
        (_("Orden"), ordenes[pedido["orden"]]),
    ]
    return [(termino, valor) for termino, valor in partes if valor]


def total_en_palabras(documento: Mapping[str, Any]) -> str:
    """How many there were, and how many of them are in the document."""
    cuantos = {"n": len(documento["resultados"]), "total": documento["total"]}
    if documento["hay_mas_que_total"]:
        return _("Más de %(total)s productos; los primeros %(n)s") % cuantos
    if documento["total"] > len(documento["resultados"]):
        return _("%(total)s productos; los primeros %(n)s") % cuantos
    return _("%(n)s en total") % cuantos
