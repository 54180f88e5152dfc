"""What a seller does with the variants of a product. Whoever does it has the faculty VENDER of the unit."""

from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.catalogo.categorias import arbol
from comercio.catalogo.errores import DemasiadasVariantes, UltimaVariante, VarianteNoEncontrada
from comercio.catalogo.esquemas import (
    Escalon,
    MotivoDeAjuste,
    MovimientoNuevo,
    TrasladoNuevo,
    VarianteCambios,
    VarianteNueva,
)
from comercio.catalogo.estados import VIDA_VARIANTE, EstadoVariante, Motivo
from comercio.catalogo.lugares import existencia_en
from comercio.catalogo.modelos import (
    VARIANTES_MAXIMAS,
    Existencia,
    MovimientoDeExistencia,
    Producto,
    Variante,
)
from comercio.catalogo.movimientos import (
    ajustar_existencia,
    exigir_medida,
    lugar_principal,
    pasar_existencia,
)
from comercio.catalogo.publicar import anotar_edicion, guardar_variantes, producto_por_editar
from comercio.catalogo.variantes import (
    abrir_existencia,
    cambiar_variante,
    existencia_principal,
    fijar_escala,
    precio_valido,
    sku_nuevo,
)
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


def crear_variante(
    sesion: Session,
    actor: Actor,
    producto_id: UUID,
    version: int,
    datos: VarianteNueva,
    variante_id: UUID | None = None,
) -> Variante:
    """One more size, colour or measure of a product. Raises `SkuRepetido`, `VarianteRepetida`,
    `DemasiadasVariantes`, `EscalaInvalida`, `DatosInvalidos`."""
    producto, autorizacion = producto_por_editar(sesion, actor, producto_id, version)
    otras = _variantes(sesion, producto)
    if len(otras) >= VARIANTES_MAXIMAS:
        raise DemasiadasVariantes(
            _("Un producto lleva como máximo %(n)s variantes.") % {"n": VARIANTES_MAXIMAS}
        )
    if any(not o.atributos for o in otras if o.estado == EstadoVariante.ACTIVA):
        raise DatosInvalidos(
            _("Diga primero qué distingue a la variante que ya tiene: su talla, su color o su medida.")
        )
    exigir_medida(datos.unidad_medida, datos.existencia, "existencia")
    variante = Variante(
        producto_id=producto.id,
        vendedor_id=producto.vendedor_id,
        sku=datos.sku or sku_nuevo(),
        atributos=_atributos(sesion, producto, datos.atributos, exigir=True),
        precio=precio_valido(datos.precio),
        unidad_medida=datos.unidad_medida,
        peso_g=datos.peso_g,
        orden=min(otras[-1].orden + 1, VARIANTES_MAXIMAS),
    )
    variante.id = variante_id or variante.id
    sesion.add(variante)
    guardar_variantes(sesion, variante.sku)
    fijar_escala(sesion, variante, _escala(datos.precios_por_cantidad))
    lugar = lugar_principal(sesion, unidad_por_id(sesion, producto.vendedor_id))
    abrir_existencia(sesion, autorizacion, variante, lugar, datos.existencia)
    anotar_edicion(sesion, producto)
    hechos = {"producto": str(producto.id), "sku": variante.sku, "atributos": variante.atributos}
    auditar(sesion, autorizacion, "variante.crear", "comercio_variante", variante.id, hechos)
    return variante


def editar_variante(
    sesion: Session,
    actor: Actor,
    producto_id: UUID,
    variante_id: UUID,
    version: int,
    cambios: VarianteCambios,
) -> Variante:
    """Apply what `cambios` sets, if nobody changed the product since `version`.

    Raises `VarianteNoEncontrada`, `UltimaVariante`, and what `crear_variante` does.
    """
    producto, autorizacion = producto_por_editar(sesion, actor, producto_id, version)
    variante = _variante(sesion, producto, variante_id)
    nuevos = {k: v for k in cambios.model_fields_set if (v := getattr(cambios, k)) is not None}
    a_la_venta = nuevos.pop("a_la_venta", None)
    escala = cambios.precios_por_cantidad if "precios_por_cantidad" in nuevos else None
    nuevos.pop("precios_por_cantidad", None)
    if "atributos" in nuevos:
        varias = len([v for v in _variantes(sesion, producto) if v.estado != EstadoVariante.RETIRADA]) > 1
        nuevos["atributos"] = _atributos(sesion, producto, nuevos["atributos"], exigir=varias)
    if escala is not None:  # the old steps may not fit the new price
        fijar_escala(sesion, variante, [])
    cambiar_variante(sesion, variante, nuevos)
    if a_la_venta is not None and a_la_venta != (variante.estado == EstadoVariante.ACTIVA):
        _poner_o_quitar(sesion, producto, variante)
    guardar_variantes(sesion, variante.sku)
    if escala is not None:
        fijar_escala(sesion, variante, _escala(escala))
    anotar_edicion(sesion, producto)
    hechos = {"producto": str(producto.id), "sku": variante.sku, "estado": str(variante.estado)}
    auditar(sesion, autorizacion, "variante.editar", "comercio_variante", variante.id, hechos)
    return variante


def mover_existencia(
    sesion: Session, actor: Actor, producto_id: UUID, variante_id: UUID, version: int, datos: MovimientoNuevo
) -> Existencia:
    """More came, some broke, or it was counted: a movement with its reason. Raises `DatosInvalidos`, and what
    `editar_variante` and `ajustar_existencia` do."""
    producto, autorizacion = producto_por_editar(sesion, actor, producto_id, version)
    variante = _variante(sesion, producto, variante_id)
    entra = datos.motivo != MotivoDeAjuste.MERMA
    existencia = (
        existencia_principal(sesion, variante)
        if datos.lugar_id is None
        else existencia_en(sesion, autorizacion, variante, datos.lugar_id, entra=entra)
    )
    cuenta = datos.motivo == MotivoDeAjuste.RECUENTO
    if not cuenta and datos.cantidad == 0:
        texto = _("Escriba cuánto llegó o cuánto se perdió.")
        raise DatosInvalidos(texto, campos={"cantidad": texto})
    sale = datos.cantidad if entra else -datos.cantidad
    cuanto = {"recuento": datos.cantidad} if cuenta else {"movimiento": sale}
    ajustar_existencia(
        sesion, autorizacion, existencia, motivo=Motivo(datos.motivo), detalle=datos.detalle, **cuanto
    )
    anotar_edicion(sesion, producto)
    hechos = {"motivo": str(datos.motivo), "cantidad": str(datos.cantidad), "lugar": str(existencia.lugar_id)}
    auditar(sesion, autorizacion, "existencia.mover", "comercio_variante", variante.id, hechos)
    return existencia


def trasladar_existencia(
    sesion: Session, actor: Actor, producto_id: UUID, variante_id: UUID, version: int, datos: TrasladoNuevo
) -> None:
    """So much from a place to another, in one act: what leaves one is what the other gets. Raises
    `LugarNoEncontrado`, `LugarCerrado` (one takes nothing in, what it has may leave), `ExistenciaReservada`,
    and what `mover_existencia` does."""
    producto, autorizacion = producto_por_editar(sesion, actor, producto_id, version)
    variante = _variante(sesion, producto, variante_id)
    if datos.desde_id == datos.hasta_id:
        texto = _("Elija dos lugares distintos.")
        raise DatosInvalidos(texto, campos={"hasta_id": texto})
    en = {
        lugar_id: existencia_en(sesion, autorizacion, variante, lugar_id, entra=lugar_id == datos.hasta_id)
        for lugar_id in sorted((datos.desde_id, datos.hasta_id))
    }
    pasar_existencia(
        sesion, autorizacion, en[datos.desde_id], en[datos.hasta_id], datos.cantidad, detalle=datos.detalle
    )
    anotar_edicion(sesion, producto)
    hechos = {"desde": str(datos.desde_id), "hasta": str(datos.hasta_id), "cantidad": str(datos.cantidad)}
    auditar(sesion, autorizacion, "existencia.trasladar", "comercio_variante", variante.id, hechos)


def movimientos_de(sesion: Session, variante_id: UUID, limite: int = 50) -> list[MovimientoDeExistencia]:
    """The last ones of a variant, in all its places, newest first."""
    consulta = (
        select(MovimientoDeExistencia)
        .join(Existencia, col(Existencia.id) == col(MovimientoDeExistencia.existencia_id))
        .where(col(Existencia.variante_id) == variante_id)
        .order_by(col(MovimientoDeExistencia.ocurrio_en).desc(), col(MovimientoDeExistencia.id).desc())
    )
    return list(sesion.exec(consulta.limit(limite)))


def _variantes(sesion: Session, producto: Producto) -> list[Variante]:
    consulta = select(Variante).where(Variante.producto_id == producto.id)
    ordenadas = consulta.order_by(col(Variante.orden), col(Variante.id))
    return list(sesion.exec(ordenadas.execution_options(populate_existing=True)))


def _variante(sesion: Session, producto: Producto, variante_id: UUID) -> Variante:
    variante = sesion.get(Variante, variante_id, populate_existing=True)
    if variante is None or variante.producto_id != producto.id:
        raise VarianteNoEncontrada()
    return variante


def _poner_o_quitar(sesion: Session, producto: Producto, variante: Variante) -> None:
    if variante.estado == EstadoVariante.ACTIVA:
        otras = [v for v in _variantes(sesion, producto) if v.estado == EstadoVariante.ACTIVA]
        if len(otras) < 2:
            raise UltimaVariante(_("Un producto tiene al menos una variante: retire el producto."))
        VIDA_VARIANTE.pasar(variante, EstadoVariante.RETIRADA)
    else:
        VIDA_VARIANTE.pasar(variante, EstadoVariante.ACTIVA)


def _atributos(
    sesion: Session, producto: Producto, dichos: dict[str, str], *, exigir: bool
) -> dict[str, str]:
    """Those of the category, in its order. Raises `DatosInvalidos` for any other, or when none is said."""
    de_la_categoria = arbol(sesion).nodos[producto.categoria_codigo].atributos
    if ajenos := dichos.keys() - set(de_la_categoria):
        texto = _("En esta categoría las variantes se distinguen por %(nombres)s; no por %(ajenos)s.") % {
            "nombres": ", ".join(de_la_categoria),
            "ajenos": ", ".join(sorted(ajenos)),
        }
        raise DatosInvalidos(texto, campos={"atributos": texto})
    if exigir and not dichos:
        texto = _("Diga qué la distingue: %(nombres)s.") % {"nombres": ", ".join(de_la_categoria)}
        raise DatosInvalidos(texto, campos={"atributos": texto})
    return {nombre: dichos[nombre] for nombre in de_la_categoria if nombre in dichos}


def _escala(escalones: list[Escalon]) -> list[tuple[Decimal, Money]]:
    return [(e.desde, e.precio) for e in escalones]
