"""From rows to what the API and the pages show."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from comercio.catalogo import medida, origen_en_palabras
from comercio.evidencias.consultas import documento_de
from comercio.evidencias.esquemas import BusquedaCongelada, CongeladaEntera, CongeladaPublica
from comercio.evidencias.modelos import Congelada
from nucleo.configuracion import ajustes
from nucleo.dinero import bs, formato_bs, formato_cantidad
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
        (_("Precio desde"), _en_bs(pedido["precio_desde"])),
        (_("Precio hasta"), _en_bs(pedido["precio_hasta"])),
        (_("Solo de un vendedor"), pedido["vendedor"] or ""),
        (_("Existencia"), _("Solo lo que hay") if pedido["solo_con_existencia"] else ""),
        (_("Origen"), origen_en_palabras(pedido.get("origen") or "")),
        *((nombre.capitalize(), valor) for nombre, valor in pedido["atributos"].items()),
        (_("Orden"), ordenes[pedido["orden"]]),
    ]
    return [(termino, valor) for termino, valor in partes if valor]


def _en_bs(monto: str | None) -> str:
    return formato_bs(bs(monto)) if monto else ""


def precio_en_palabras(resultado: Mapping[str, Any]) -> str:
    """What a result cost: «desde Bs 1.200,00 por metro»."""
    partes = {"precio": _en_bs(resultado["precio"]), "m": medida(resultado["unidad_medida"])}
    if resultado["precio"] != resultado["precio_maximo"]:
        return _("desde %(precio)s por %(m)s") % partes
    return _("%(precio)s por %(m)s") % partes


def hay_en_palabras(resultado: Mapping[str, Any]) -> str:
    """How much of a result there was, as people write it."""
    return formato_cantidad(Decimal(resultado["disponible"]))


def total_en_palabras(documento: Mapping[str, Any]) -> str:
    """How many there were, and how many of them are in the document."""
    cuantos = {"n": len(documento["resultados"]), "total": documento["total"]}
    if documento["hay_mas_que_total"]:
        return _("Más de %(total)s productos; los primeros %(n)s") % cuantos
    if documento["total"] > len(documento["resultados"]):
        return _("%(total)s productos; los primeros %(n)s") % cuantos
    return _("%(n)s en total") % cuantos
