"""Payments: a double-entry ledger in the database, accounts, transfers and wallets."""

from pagos.accesos import CuentaPropia, cuentas_de
from pagos.cuentas import (
    cuenta_de_persona,
    cuenta_de_sistema,
    cuenta_de_unidad,
    obtener_cuenta,
    saldo,
    saldo_disponible,
    saldo_en,
)
from pagos.errores import (
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
from pagos.libro import Resultado, SolicitudTransferencia, exigir_transferencia, transferir
from pagos.modelos import Cuenta, Transferencia
from pagos.tipos import Codigo, TipoCuenta, TipoTransferencia

__all__ = [
    "Codigo",
    "Cuenta",
    "CuentaInexistente",
    "CuentaNoOpera",
    "CuentaPropia",
    "ErrorDePago",
    "FondosInsuficientes",
    "LimiteSuperado",
    "PendienteResuelta",
    "Resultado",
    "SolicitudTransferencia",
    "TipoCuenta",
    "TipoTransferencia",
    "Transferencia",
    "TransferenciaDistinta",
    "TransferenciaEnCurso",
    "TransferenciaInvalida",
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
