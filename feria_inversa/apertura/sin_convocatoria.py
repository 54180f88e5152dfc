"""A process without a call (`…-0-E`): the entity writes down what was quoted to it, and why it called nobody.

One act takes it through the same steps as any other: it is public, its quotations are opened, and it is
under evaluation. Who is awarded binds itself by accepting its order.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.apertura.apertura import abrir_con
from feria_inversa.apertura.esquemas import CotizacionEntrada, SinConvocatoriaEntrada
from feria_inversa.entidades import ProveedorNoHabilitado, habilitados
from feria_inversa.ofertas import cotizar
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    OBJETO,
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Estado,
    bloquear,
    hacer_publica,
    items_de,
    pasar,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def registrar_sin_convocatoria(
    sesion: Session, actor: Actor, convocatoria_id: UUID, datos: SinConvocatoriaEntrada
) -> Convocatoria:
    """Raises what publishing does, `ProveedorNoHabilitado`, `ConflictoDeInteres`, `DatosInvalidos`."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS and not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    total = sumar(item.total_referencial for item in items_de(sesion, convocatoria_id))
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, total)
    exigir_habilitacion(sesion, convocatoria.unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    _exigir_proveedores(sesion, convocatoria, datos.cotizaciones)
    hacer_publica(
        sesion,
        autorizacion,
        convocatoria,
        None,
        datos.modalidad,
        norma=datos.norma,
        ejecutora=datos.ejecutora,
        cuce=datos.cuce,
    )
    instante = ahora_bd(sesion)
    for n, cotizacion in enumerate(datos.cotizaciones):
        cotizar(sesion, actor, convocatoria, cotizacion.proveedor_id, cotizacion.lineas, f"cotizaciones.{n}.")
    _cerrar(sesion, convocatoria, instante)
    hechos = {"cuce": convocatoria.cuce, "causa": datos.causa}
    auditar(sesion, autorizacion, "convocatoria.sin_convocatoria", OBJETO, convocatoria_id, hechos)
    abrir_con(sesion, autorizacion, convocatoria_id, sin_convocatoria=datos.causa)
    return convocatoria


def _exigir_proveedores(
    sesion: Session, convocatoria: Convocatoria, cotizaciones: Sequence[CotizacionEntrada]
) -> None:
    """Each quoted once, is not the entity itself, and may contract with the State today."""
    vistos: set[UUID] = set()
    pueden = habilitados(sesion, {c.proveedor_id for c in cotizaciones})
    for n, cotizacion in enumerate(cotizaciones):
        campo, quien = f"cotizaciones.{n}.proveedor_id", cotizacion.proveedor_id
        if quien in vistos:
            raise DatosInvalidos(_("Ese proveedor está dos veces."), campos={campo: _("Está dos veces.")})
        if quien not in pueden or quien == convocatoria.unidad_id:
            detalle = _("No está habilitado hoy para contratar con el Estado.")
            raise ProveedorNoHabilitado(detalle, campos={campo: detalle})
        vistos.add(quien)


def _cerrar(sesion: Session, convocatoria: Convocatoria, instante: datetime) -> None:
    """Nothing more comes: what was quoted is opened in this same act."""
    pasar(convocatoria, Estado.RECEPCION_CERRADA)
    convocatoria.cerrado_en = convocatoria.sigue_en = instante
    sesion.flush()
