"""Payments: a double-entry ledger in the database, accounts, transfers and wallets."""

from pagos.libro.accesos import CuentaPropia, cuentas_de
from pagos.libro.comisiones import (
    Comision,
    Operacion,
    calcular_comision,
    comision_en_palabras,
    comision_vigente,
)
from pagos.libro.cuentas import (
    cuenta_de_persona,
    cuenta_de_sistema,
    cuenta_de_unidad,
    obtener_cuenta,
    saldo,
    saldo_disponible,
    saldo_en,
)
from pagos.libro.errores import (
    CuentaInexistente,
    CuentaNoOpera,
    ErrorDePago,
    FondosInsuficientes,
    LimiteSuperado,
    PendienteResuelta,
    TransferenciaDistinta,
    TransferenciaEnCurso,
    TransferenciaInvalida,
)
from pagos.libro.modelos import Cuenta, ReglaDeComision, Transferencia
from pagos.libro.tipos import Codigo, TipoCuenta, TipoTransferencia
from pagos.libro.transferir import Resultado, SolicitudTransferencia, exigir_transferencia, transferir

__all__ = [
    "Codigo",
    "Comision",
    "Cuenta",
    "CuentaInexistente",
    "CuentaNoOpera",
    "CuentaPropia",
    "ErrorDePago",
    "FondosInsuficientes",
    "LimiteSuperado",
    "Operacion",
    "PendienteResuelta",
    "ReglaDeComision",
    "Resultado",
    "SolicitudTransferencia",
    "TipoCuenta",
    "TipoTransferencia",
    "Transferencia",
    "TransferenciaDistinta",
    "TransferenciaEnCurso",
    "TransferenciaInvalida",
    "calcular_comision",
    "comision_en_palabras",
    "comision_vigente",
    "cuenta_de_persona",
    "cuenta_de_sistema",
    "cuenta_de_unidad",
    "cuentas_de",
    "exigir_transferencia",
    "obtener_cuenta",
    "saldo",
    "saldo_disponible",
    "saldo_en",
    "transferir",
]
