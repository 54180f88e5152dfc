"""Names of the ledger: kinds of accounts and transfers, reasons, result codes."""

from enum import IntEnum, StrEnum
from typing import Literal
from uuid import UUID

from nucleo.textos import perezoso as _l

NADIE = UUID(int=0)  # owner of the platform's own accounts


class TipoTitular(StrEnum):
    PERSONA = "persona"
    UNIDAD = "unidad"
    SISTEMA = "sistema"
    ASUNTO = "asunto"  # an order, a parcel, a claim: `pagos.libro.asuntos`


class TipoCuenta(StrEnum):
    """What an account is for. One per owner, kind and currency."""

    BILLETERA = "billetera"  # a person's money
    COMERCIO = "comercio"  # what a unit sells
    CUSTODIA = "custodia"  # held for others until something happens
    RECAUDACION = "recaudacion"  # what a public entity collects
    COMISION = "comision"  # what the platform charges
    PASARELA = "pasarela"  # the outside world money comes from: its balance is what is inside, negated
    LIQUIDACION = "liquidacion"  # on its way out to banks
    AJUSTE = "ajuste"  # corrections, with their reason
    # Of budget, which is no money (`pagos.presupuesto`).
    TECHO = "techo"  # where certificates come from: its balance is what is certified, negated
    PRESUPUESTO = "presupuesto"  # what a certificate has left
    COMPROMISO = "compromiso"  # what a matter commits
    EJECUTADO = "ejecutado"  # what was spent


class TipoTransferencia(IntEnum):
    SIMPLE = 1
    PENDIENTE = 2
    CONFIRMA = 3
    ANULA = 4
    VENCIDA = 5  # written only by the sweep


NombreTipo = Literal["simple", "pendiente", "confirma", "anula"]
TIPO_POR_NOMBRE: dict[str, int] = {
    "simple": TipoTransferencia.SIMPLE,
    "pendiente": TipoTransferencia.PENDIENTE,
    "confirma": TipoTransferencia.CONFIRMA,
    "anula": TipoTransferencia.ANULA,
}
NOMBRE_DE_TIPO: dict[int, str] = {t.value: t.name.lower() for t in TipoTransferencia}


class Codigo(IntEnum):
    """Why money moves. From 100 on, neither counted toward the limits of people nor stopped by them."""

    ENVIO = 1  # person to person
    RECARGA = 2  # money coming in from outside
    PAGO_PEDIDO = 3  # marketplace order, held until delivery
    PAGO_COMERCIO = 4  # a charge at a shop
    PAGO_ESTADO = 5  # a fee of a public entity
    PAGO_CONTRATO = 6  # a public purchase
    RETIRO = 7  # to a bank account
    PLANILLA = 8  # batch payments
    PAGO_EN_CUSTODIA = 9  # into a matter, when neither an order nor a contract
    DEVOLUCION = 100  # to who paid
    COMISION = 101
    LIQUIDACION = 102
    AJUSTE = 103
    # Of matters alone (`pagos_motivo_de_asunto`): one of the two accounts belongs to one.
    CUSTODIA = 110  # in, from a card or another account that is nobody's wallet
    LIBERACION = 111  # out, to who earned it
    FRANQUEO = 112  # postage
    CONTRA_ENTREGA = 113  # cash collected on delivery
    INDEMNIZACION = 114
    # Of budget alone (`pagos_motivo_de_presupuesto`).
    CERTIFICACION = 120
    COMPROMISO = 121
    EJECUCION = 122
    LIBERACION_DE_COMPROMISO = 123
    REVERSION_DE_CERTIFICACION = 124


NOMBRE_DE_CODIGO: dict[int, str] = {
    Codigo.ENVIO: _l("Envío entre personas"),
    Codigo.RECARGA: _l("Recarga"),
    Codigo.PAGO_PEDIDO: _l("Pago de pedido"),
    Codigo.PAGO_COMERCIO: _l("Pago en comercio"),
    Codigo.PAGO_ESTADO: _l("Pago a entidad pública"),
    Codigo.PAGO_CONTRATO: _l("Pago de contrato"),
    Codigo.RETIRO: _l("Retiro a banco"),
    Codigo.PLANILLA: _l("Pago por planilla"),
    Codigo.PAGO_EN_CUSTODIA: _l("Pago en custodia"),
    Codigo.DEVOLUCION: _l("Devolución"),
    Codigo.COMISION: _l("Comisión"),
    Codigo.LIQUIDACION: _l("Liquidación"),
    Codigo.AJUSTE: _l("Ajuste"),
    Codigo.CUSTODIA: _l("Ingreso a custodia"),
    Codigo.LIBERACION: _l("Entrega de lo custodiado"),
    Codigo.FRANQUEO: _l("Franqueo"),
    Codigo.CONTRA_ENTREGA: _l("Cobro contra entrega"),
    Codigo.INDEMNIZACION: _l("Indemnización"),
    Codigo.CERTIFICACION: _l("Certificación presupuestaria"),
    Codigo.COMPROMISO: _l("Compromiso de presupuesto"),
    Codigo.EJECUCION: _l("Ejecución de presupuesto"),
    Codigo.LIBERACION_DE_COMPROMISO: _l("Liberación de compromiso"),
    Codigo.REVERSION_DE_CERTIFICACION: _l("Reversión de certificación"),
}

PRESUPUESTO = "BOP"
"""The currency of budget: budgetary bolivianos, which are no money."""

PRESUPUESTARIOS = range(120, 130)
"""Reasons that move budget and no money: what adds up money leaves them out."""

DE_LA_PLATAFORMA = frozenset(
    {Codigo.RECARGA, Codigo.RETIRO, Codigo.COMISION, Codigo.LIQUIDACION, Codigo.AJUSTE}
)
"""Reasons for which money comes from an account of the platform, or goes to one."""

# Every answer of pagos_transferir, in the order of precedence that its SQL file documents.
RESULTADOS: tuple[str, ...] = (
    "ok",
    "cadena_fallida",
    "cadena_abierta",
    "id_invalido",
    "existe_con_otro_tipo",
    "existe_con_otra_pendiente",
    "existe_con_otra_cuenta_debito",
    "existe_con_otra_cuenta_credito",
    "existe_con_otro_monto",
    "existe_con_otro_codigo",
    "existe_con_otra_referencia",
    "existe_con_otro_plazo",
    "existe",
    "tipo_invalido",
    "codigo_invalido",
    "pendiente_no_corresponde",
    "pendiente_requerida",
    "plazo_no_corresponde",
    "plazo_invalido",
    "monto_invalido",
    "pendiente_inexistente",
    "no_es_pendiente",
    "pendiente_con_otra_cuenta_debito",
    "pendiente_con_otra_cuenta_credito",
    "pendiente_con_otro_codigo",
    "cuentas_iguales",
    "cuenta_debito_inexistente",
    "cuenta_credito_inexistente",
    "cuenta_debito_ajena",
    "sin_mandato",
    "mandato_ajeno",
    "mandato_no_vigente",
    "mandato_conjunto",
    "mandato_sin_facultad",
    "limite_de_mandato_acto",
    "limite_de_mandato_dia",
    "limite_de_mandato_mes",
    "monedas_distintas",
    "motivo_no_corresponde",
    "excede_pendiente",
    "anulacion_parcial",
    "pendiente_ya_confirmada",
    "pendiente_ya_anulada",
    "pendiente_vencida",
    "cuenta_debito_cerrada",
    "cuenta_credito_cerrada",
    "cuenta_debito_congelada",
    "fondos_insuficientes",
    "excede_debitos",
    "limite_por_transaccion_salida",
    "limite_diario_salida",
    "limite_mensual_salida",
    "limite_cantidad_diaria_salida",
    "limite_cantidad_mensual_salida",
    "limite_rapidez_salida",
    "limite_por_transaccion_entrada",
    "limite_diario_entrada",
    "limite_mensual_entrada",
    "limite_cantidad_diaria_entrada",
    "limite_cantidad_mensual_entrada",
)
