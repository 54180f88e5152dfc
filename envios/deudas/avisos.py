"""What who is owed something learns of it, and who owes it."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import clase
from empresa_digital.registro import notificar_unidad, partes_en_lote
from envios.deudas.consultas import contra_entrega_de
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.modelos import Cesion, Deuda
from envios.items import avisar_a, numeros_de
from nucleo.dinero import cero, formato_bs
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_COBRO = clase(
    "envios.cobro", _l("Cobros de sus envíos"), _l("%(n)s cobros de sus envíos"), icono="package"
)


def avisar_pagada(sesion: Session, deuda: Deuda) -> None:
    """Tell the creditor that all that is theirs of it is in their account."""
    cesion = sesion.get(Cesion, deuda.envio_id) if deuda.clase == ClaseDeDeuda.CONTRA_ENTREGA else None
    suyo = deuda.monto if cesion is None else deuda.monto - cesion.monto
    if suyo == cero():
        return
    parte = partes_en_lote(sesion, [deuda.acreedor_parte_id])[deuda.acreedor_parte_id]
    texto = {
        ClaseDeDeuda.CONTRA_ENTREGA: _("Recibió %(monto)s del cobro contra entrega"),
        ClaseDeDeuda.INDEMNIZACION: _("Recibió %(monto)s de indemnización"),
    }[ClaseDeDeuda(deuda.clase)]
    avisar_a(
        sesion,
        parte,
        texto % {"monto": formato_bs(suyo)},
        _("El operador postal lo pagó en su cuenta."),
        f"/envios/{deuda.envio_id}",
        clase=AVISO_COBRO,
    )


def avisar_sin_rendir(sesion: Session, envio_id: UUID) -> None:
    """Tell an operator that the order of what it collected ended without its money, and what follows."""
    for deuda in contra_entrega_de(sesion, [envio_id]):
        if deuda.estado is not EstadoDeuda.PENDIENTE:
            continue
        datos = {"monto": formato_bs(deuda.debe), "envio": numeros_de(sesion, [envio_id])[envio_id]}
        a_quien = _("se lo debe a quien vende")
        cesion = sesion.get(Cesion, envio_id)
        if cesion is not None:
            a_quien = _("debe %(monto)s a quien lo pagó, y lo que quede a quien vende") % {
                "monto": formato_bs(cesion.monto)
            }
        texto = _(
            "Pasó el plazo y el pedido terminó sin su dinero: %(a_quien)s. Mientras no pague no recibe "
            "cobros nuevos, lo ve la autoridad, y lo que entre a su cuenta va primero a esa deuda."
        ) % {"a_quien": a_quien}
        notificar_unidad(
            sesion,
            deuda.operador_unidad_id,
            _("Debe %(monto)s que cobró al entregar el envío %(envio)s") % datos,
            texto,
            f"/envios/operador/cuentas?unidad={deuda.operador_unidad_id}",
            clase=AVISO_COBRO,
        )
