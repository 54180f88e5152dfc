"""QR codes for payments (EMVCo merchant-presented mode)."""

from pagos.qr.dibujo import dibujar
from pagos.qr.emv import DatosQR, QrInvalido, generar, leer

__all__ = ["DatosQR", "QrInvalido", "dibujar", "generar", "leer"]
