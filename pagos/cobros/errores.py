"""What can go wrong with orders and their payment, and what to do about it."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class CptInvalido(DatosInvalidos):
    codigo = "cpt_invalido"
    titulo = _l("El código de pago no es válido")


class OrdenNoEncontrada(NoEncontrado):
    codigo = "orden_no_encontrada"
    titulo = _l("No hay una orden de cobro con ese código")


class OrdenYaPagada(Conflicto):
    codigo = "orden_ya_pagada"
    titulo = _l("Esta orden ya está pagada")


class OrdenVencida(Conflicto):
    codigo = "orden_vencida"
    titulo = _l("Venció el plazo de esta orden")


class OrdenAnulada(Conflicto):
    codigo = "orden_anulada"
    titulo = _l("Esta orden fue anulada")


class OrdenConPagos(Conflicto):
    codigo = "orden_con_pagos"
    titulo = _l("La orden ya tiene pagos")


class MontoNoCorresponde(DatosInvalidos):
    codigo = "monto_no_corresponde"
    titulo = _l("Ese monto no corresponde a la orden")


class PagoDistinto(DatosInvalidos):
    """The id was already used for another payment: the client's mistake, never a second charge."""

    codigo = "pago_distinto"
    titulo = _l("Ese identificador ya se usó para otro pago")


class ReferenciaConOtrosDatos(Conflicto):
    codigo = "referencia_con_otros_datos"
    titulo = _l("Esa referencia ya tiene una orden con otros datos")


class EntidadNoRecibe(Conflicto):
    codigo = "entidad_no_recibe"
    titulo = _l("Por ahora no puede recibir pagos")


class ConceptoNoEncontrado(NoEncontrado):
    codigo = "concepto_no_encontrado"
    titulo = _l("No existe ese concepto de cobro")


class ConceptoNoVigente(Conflicto):
    codigo = "concepto_no_vigente"
    titulo = _l("El concepto no está vigente")


class ConceptoSuperpuesto(Conflicto):
    codigo = "concepto_superpuesto"
    titulo = _l("Ya hay una versión de ese concepto en esas fechas")


class ConceptoEnUso(Conflicto):
    codigo = "concepto_en_uso"
    titulo = _l("El concepto ya tiene órdenes emitidas")


class ComprobanteNoEncontrado(NoEncontrado):
    codigo = "comprobante_no_encontrado"
    titulo = _l("No hay un comprobante con ese código")
