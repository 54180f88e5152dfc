"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class CompraPorPagarNoEncontrada(NoEncontrado):
    codigo = "compra_por_pagar_no_encontrada"
    titulo = _l("No encontramos esa compra")


class CompraNoEspera(Conflicto):
    codigo = "compra_no_espera"
    titulo = _l("Esta compra ya no se puede pagar")


class DemasiadasSinPagar(Conflicto):
    codigo = "demasiadas_sin_pagar"
    titulo = _l("Apartó varias veces sin pagar")


class TarjetaSoloPropia(Conflicto):
    codigo = "tarjeta_solo_propia"
    titulo = _l("Lo que compra una unidad se paga desde su cuenta")


class YaSePago(Conflicto):
    codigo = "compra_ya_pagada"
    titulo = _l("La compra ya se pagó")


class SinReclamoDelBanco(NoEncontrado):
    codigo = "sin_reclamo_del_banco"
    titulo = _l("Ningún banco reclama el pago de este pedido")


class BancoNoRecibe(Conflicto):
    codigo = "banco_no_recibe"
    titulo = _l("El banco ya no recibe respuestas")
