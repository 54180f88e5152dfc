"""From rows to what the API shows."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from comercio.catalogo.categorias import Arbol
from comercio.catalogo.consultas import Detalle, Foto
from comercio.catalogo.esquemas import (
    EscalonFicha,
    ExistenciaLeida,
    FotoFicha,
    HistorialDePrecios,
    PrecioQueCosto,
    ProductoFicha,
    RebajaFicha,
    VarianteFicha,
    VarianteQueCosto,
    VendedorFicha,
)
from comercio.catalogo.estados import EstadoVariante
from comercio.catalogo.historial import PrecioDesde, desde_cuanto, menor_en
from comercio.catalogo.lugares import EnUnLugar
from comercio.catalogo.modelos import Producto, ProductoFoto
from comercio.catalogo.opciones import Opcion, rebajada_de
from comercio.catalogo.rebajas import Rebajada
from nucleo.archivos import url_archivo
from nucleo.configuracion import ajustes

ANCHO_COMPARTIDO = 960


def foto_compartida(archivo_id: UUID) -> str:
    """The whole address of a photo, as wide as what is shared shows it."""
    return f"{ajustes().url_publica}{url_archivo(archivo_id)}?ancho={ANCHO_COMPARTIDO}"


def vendedor(fila: Any) -> VendedorFicha:
    return VendedorFicha(
        unidad_id=fila.vendedor_id, numero=fila.vendedor_numero, nombre=fila.vendedor_nombre, lugar=fila.lugar
    )


def foto(f: ProductoFoto | Foto) -> FotoFicha:
    return FotoFicha(id=f.id, url=url_archivo(f.archivo_id), descripcion=f.descripcion)


def rebaja(de: Rebajada | None) -> RebajaFicha | None:
    return RebajaFicha(precio=de.precio, antes=de.antes) if de else None


def producto(detalle: Detalle, ramas: Arbol) -> ProductoFicha:
    p, hay = detalle.producto, detalle.existencias
    variantes = [_variante(o, hay.get(o.id)) for o in detalle.opciones]
    iguales = {c: getattr(p, c) for c in ProductoFicha.model_fields if c in Producto.model_fields}
    propios = {
        "disponible": p.disponible if p.a_la_venta and detalle.opcion.vuelve is None else 0,
        "rebaja": rebaja(rebajada_de(detalle.opciones)),
        "categoria": p.categoria_codigo,
        "unspsc": ramas.hoja(p.categoria_codigo).unspsc,
        "foto": url_archivo(p.foto) if p.foto else None,
        "vendedor": vendedor(p),
        "sku": variantes[0].sku,
        "peso_g": variantes[0].peso_g,
        "existencia": sum(v[0] for v in hay.values()) if hay else None,
        "reservado": sum(v[1] for v in hay.values()) if hay else None,
        "vuelve": detalle.opcion.vuelve,
        "fotos": [foto(f) for f in detalle.fotos],
        "variantes": variantes,
    }
    return ProductoFicha.model_validate(iguales | propios)


def _variante(opcion: Opcion, hay: tuple[Decimal, Decimal] | None) -> VarianteFicha:
    v = opcion.variante
    return VarianteFicha(
        id=v.id,
        sku=v.sku,
        atributos=v.atributos,
        precio=v.precio,
        rebaja=RebajaFicha(precio=opcion.rebajado, antes=opcion.antes) if opcion.rebaja else None,
        precios_por_cantidad=[EscalonFicha(desde=desde, precio=precio) for desde, precio in opcion.escala],
        unidad_medida=v.unidad_medida,
        peso_g=v.peso_g,
        estado=EstadoVariante(v.estado),
        disponible=opcion.disponible if opcion.a_la_venta else Decimal(0),
        existencia=hay[0] if hay else None,
        reservado=hay[1] if hay else None,
    )


def historial(de_variantes: dict[UUID, list[PrecioDesde]], hace_30_dias: datetime) -> HistorialDePrecios:
    bajos = desde_cuanto(de_variantes)
    return HistorialDePrecios(
        desde_cuanto=[PrecioQueCosto(desde=p.desde, precio=p.precio) for p in bajos],
        menor_de_30_dias=menor_en(bajos, hace_30_dias),
        variantes=[
            VarianteQueCosto(
                variante_id=variante,
                precios=[PrecioQueCosto(desde=p.desde, precio=p.precio) for p in precios],
            )
            for variante, precios in de_variantes.items()
        ],
    )


def existencia(x: EnUnLugar) -> ExistenciaLeida:
    return ExistenciaLeida(
        lugar_id=x.lugar.id,
        nombre=x.lugar.nombre,
        principal=x.lugar.principal,
        abierto=x.lugar.abierto,
        existencia=x.existencia,
        reservado=x.reservado,
    )
