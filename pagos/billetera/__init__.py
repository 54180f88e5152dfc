"""What people do with their wallet: send, ask for money, be paid by alias and QR, limits, freezing."""

from nucleo.fachada import sin_fila
from pagos.billetera import codigos, solicitudes
from pagos.billetera.accesos import exigir_ver
from pagos.billetera.alias import elegir_alias
from pagos.billetera.averiguar import Coincidencia, Cuota, comparar
from pagos.billetera.codigos import codigo_escaneado
from pagos.billetera.enviar import buscar_destinatario, enviar, recargar_demostracion

vencer_solicitudes = solicitudes.vencer_solicitudes
pedir_dinero = sin_fila(solicitudes.pedir_dinero)
pagar_solicitud = sin_fila(solicitudes.pagar_solicitud)
rechazar_solicitud = sin_fila(solicitudes.rechazar_solicitud)
cancelar_solicitud = sin_fila(solicitudes.cancelar_solicitud)
crear_codigo = sin_fila(codigos.crear_codigo)

__all__ = [
    "Coincidencia",
    "Cuota",
    "buscar_destinatario",
    "cancelar_solicitud",
    "codigo_escaneado",
    "comparar",
    "crear_codigo",
    "elegir_alias",
    "enviar",
    "exigir_ver",
    "pagar_solicitud",
    "pedir_dinero",
    "recargar_demostracion",
    "rechazar_solicitud",
    "vencer_solicitudes",
]
