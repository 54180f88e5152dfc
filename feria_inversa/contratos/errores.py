"""Errors of the purchase orders and their guarantees."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class OrdenNoEncontrada(NoEncontrado):
    codigo = "orden_de_compra_no_encontrada"
    titulo = _l("No existe esa orden de compra")


class OrdenNoPermite(TransicionInvalida):
    codigo = "orden_no_permite"
    titulo = _l("El estado de la orden de compra no permite esta acción")


class EntregaNoEncontrada(NoEncontrado):
    codigo = "entrega_no_encontrada"
    titulo = _l("Esa orden no tiene esa entrega")


class EntregaNoPermite(TransicionInvalida):
    codigo = "entrega_no_permite"
    titulo = _l("El estado de la entrega no permite esta acción")


class RecepcionTardia(Conflicto):
    codigo = "recepcion_tardia"
    titulo = _l("Terminó el plazo para objetar la entrega")


class EntregasPendientes(Conflicto):
    codigo = "entregas_pendientes"
    titulo = _l("Hay entregas que esperan conformidad")


class OrdenEnPlazo(Conflicto):
    codigo = "orden_en_plazo"
    titulo = _l("Todavía corre el plazo de entrega")


class PagoDeMas(Conflicto):
    codigo = "pago_de_mas"
    titulo = _l("No se paga más de lo recibido")


class ComprobanteRepetido(Conflicto):
    codigo = "comprobante_repetido"
    titulo = _l("Ese C-31 ya se anotó en otra orden")


class AceptacionTardia(Conflicto):
    codigo = "aceptacion_tardia"
    titulo = _l("Terminó el plazo para responder a la orden de compra")


class GarantiaNoEncontrada(NoEncontrado):
    codigo = "garantia_no_encontrada"
    titulo = _l("Esa orden no tiene esa garantía")


class GarantiaNoPermite(TransicionInvalida):
    codigo = "garantia_no_permite"
    titulo = _l("El estado de la garantía no permite esta acción")


class GarantiaInsuficiente(DatosInvalidos):
    codigo = "garantia_insuficiente"
    titulo = _l("La garantía no es la que pide la norma")


class FaltaGarantia(Conflicto):
    codigo = "falta_garantia"
    titulo = _l("Falta la garantía de cumplimiento")


class ModificacionNoEncontrada(NoEncontrado):
    codigo = "modificacion_no_encontrada"
    titulo = _l("Esa orden no tiene esa modificación")


class ModificacionNoPermite(TransicionInvalida):
    codigo = "modificacion_no_permite"
    titulo = _l("El estado de la modificación no permite esta acción")


class ModificacionPendiente(Conflicto):
    codigo = "modificacion_pendiente"
    titulo = _l("Ya hay una modificación propuesta")


class ModificacionTardia(Conflicto):
    codigo = "modificacion_tardia"
    titulo = _l("Ya pasó el plazo para modificar la orden")


class ModificacionExcesiva(DatosInvalidos):
    codigo = "modificacion_excesiva"
    titulo = _l("Cambia más de lo que la norma permite")
