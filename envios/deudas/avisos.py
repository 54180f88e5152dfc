"""What who is owed something learns of it."""

from sqlmodel import Session

from ciudadania import clase
from empresa_digital.registro import partes_en_lote
from envios.deudas.estados import ClaseDeDeuda
from envios.deudas.modelos import Deuda
from envios.items import avisar_a
from nucleo.dinero import formato_bs
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_COBRO = clase(
    "envios.cobro", _l("Cobros de sus envíos"), _l("%(n)s cobros de sus envíos"), icono="package"
)


def avisar_pagada(sesion: Session, deuda: Deuda) -> None:
    """Tell the creditor that all of it is in their account."""
    parte = partes_en_lote(sesion, [deuda.acreedor_parte_id])[deuda.acreedor_parte_id]
    texto = {
        ClaseDeDeuda.CONTRA_ENTREGA: _("Recibió %(monto)s del cobro contra entrega"),
        ClaseDeDeuda.INDEMNIZACION: _("Recibió %(monto)s de indemnización"),
    }[ClaseDeDeuda(deuda.clase)]
    avisar_a(
        sesion,
        parte,
        texto % {"monto": formato_bs(deuda.monto)},
        _("El operador postal lo pagó en su cuenta."),
        f"/envios/{deuda.envio_id}",
        clase=AVISO_COBRO,
    )
