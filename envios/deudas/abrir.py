"""How a debt begins and is cancelled: by a delivery that collected cash, or by a claim."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import ClaseDeParte, partes_en_lote
from envios.deudas.cobros import cobros_de
from envios.deudas.errores import DeudaDistinta
from envios.deudas.estados import VIDA_DEUDA, ClaseDeDeuda, EstadoDeuda
from envios.deudas.modelos import Deuda
from envios.deudas.pagar import cobrar
from envios.deudas.valores import DeudaDeOperador
from envios.items import EnvioConEventos
from envios.operadores import vence_en_su_sede
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


class Entrega(Protocol):
    """What is read of the event of a delivery."""

    @property
    def id(self) -> UUID: ...
    @property
    def operador_unidad_id(self) -> UUID: ...


PLAZO = "envios.deuda"
_SIN_CALENDARIO = timedelta(days=4)


def abrir(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    clase: ClaseDeDeuda,
    origen_id: UUID,
    envio_id: UUID,
    operador_unidad_id: UUID,
    acreedor_parte_id: UUID,
    monto: Money,
) -> DeudaDeOperador:
    """What an operator owes from now on, due when its term (`PLAZO`) ends; the caller has locked the item.

    `origen_id` is the delivery event, or the claim: the same one again answers the same debt. An indemnity
    takes at once what the operator's account has, and the rest stays due; what was collected for an order,
    all of it or nothing. Raises `DeudaDistinta` when that origin has a debt of other terms.
    """
    assert monto > cero()
    consulta = select(Deuda).where(
        col(Deuda.clase) == clase,
        col(Deuda.origen_id) == origen_id,
        col(Deuda.estado) != EstadoDeuda.CANCELADA,
    )
    previa = sesion.exec(consulta).one_or_none()
    if previa is not None:
        if (previa.envio_id, previa.operador_unidad_id, previa.acreedor_parte_id, previa.monto) != (
            envio_id,
            operador_unidad_id,
            acreedor_parte_id,
            monto,
        ):
            raise DeudaDistinta(_("Ese origen ya tiene una deuda con otros datos."))
        return DeudaDeOperador.de(previa)
    instante = ahora_bd(sesion)
    acreedor = partes_en_lote(sesion, [acreedor_parte_id])[acreedor_parte_id]
    deuda = Deuda(
        clase=clase,
        origen_id=origen_id,
        envio_id=envio_id,
        operador_unidad_id=operador_unidad_id,
        acreedor_parte_id=acreedor_parte_id,
        en_ventanilla=acreedor.clase is ClaseDeParte.TERCERO,
        monto=monto,
        nace_en=instante,
        vence_en=vence_en_su_sede(
            sesion, PLAZO, operador_unidad_id, instante, sin_calendario=_SIN_CALENDARIO
        ),
    )
    sesion.add(deuda)
    sesion.flush()
    hechos = {"clase": clase.value, "monto": a_centavos(monto), "deuda_id": str(deuda.id)}
    auditar(sesion, autorizacion, "deuda.abrir", "envios_envio", envio_id, hechos)
    if clase is ClaseDeDeuda.INDEMNIZACION or cobros_de(sesion, [envio_id]):
        cobrar(sesion, [deuda])
    return DeudaDeOperador.de(deuda)


def seguir_entrega(
    sesion: Session,
    autorizacion: Autorizacion,
    envio: EnvioConEventos,
    monto: Money,
    entrega: Entrega | None,
    viva: Deuda | None,
) -> None:
    """Make the cash-on-delivery debt of an item say what its events say: owed by whoever made the delivery in
    force, by nobody when there is none. `viva` is the one that there is; the caller has locked both.

    Once something of it was paid it stays: that the delivery was corrected is an incident of the item.
    """
    if viva is not None:
        if viva.pagado > cero() or (entrega is not None and viva.origen_id == entrega.id):
            return
        _cancelar(sesion, autorizacion, viva)
    if entrega is not None:
        abrir(
            sesion,
            autorizacion,
            clase=ClaseDeDeuda.CONTRA_ENTREGA,
            origen_id=entrega.id,
            envio_id=envio.id,
            operador_unidad_id=entrega.operador_unidad_id,
            acreedor_parte_id=envio.remitente_parte_id,
            monto=monto,
        )


def _cancelar(sesion: Session, autorizacion: Autorizacion, deuda: Deuda) -> None:
    VIDA_DEUDA.pasar(deuda, EstadoDeuda.CANCELADA)
    deuda.terminada_en = ahora_bd(sesion)
    sesion.flush()
    hechos = {"monto": a_centavos(deuda.monto), "deuda_id": str(deuda.id)}
    auditar(sesion, autorizacion, "deuda.cancelar", "envios_envio", deuda.envio_id, hechos)
