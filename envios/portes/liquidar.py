"""What becomes of the postage that is held: the operator's when it receives the item, the payer's when nobody
brings it. Once, in the transaction in which it happens.
"""

from collections.abc import Collection
from uuid import UUID

import structlog
from moneyed import Money
from sqlmodel import Session

from envios.items import EnvioConEventos, EstadoEnvio
from envios.portes.asunto import CLASE, SISTEMA, id_de
from envios.portes.bloqueos import portes_retenidos
from envios.portes.estados import VIDA_PORTE, EstadoPorte
from envios.portes.excedentes import pedir_excedente
from envios.portes.modelos import Porte
from envios.portes.valores import PorteDeItem
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.reloj import ahora_bd
from pagos import (
    Codigo,
    SolicitudTransferencia,
    cerrar_cuenta_de_asunto,
    cuenta_de_asunto,
    encadenar,
    transferir,
)

registro = structlog.get_logger(__name__)


def toca_saldar(envio: EnvioConEventos) -> bool:
    """Whether what an item's events say ends what is held for it."""
    return envio.admitido_en is not None or envio.estado is EstadoEnvio.ANULADO


def saldar(sesion: Session, envios: Collection[EnvioConEventos]) -> dict[UUID, PorteDeItem]:
    """Settle or give back the postage of these items, locked by the caller, in one call of the ledger.

    Received: what it costs as it was measured, up to what was quoted, is the operator's; the rest goes back,
    and what it costs above is asked of who pays. Annulled and never received: all goes back. Those without
    money held are left out. Nothing that the ledger refuses (a closed account) undoes what happened to the
    item: it stays held, `qhatu verify` says so, and the sweep tries again.
    """
    por_id = {e.id: e for e in envios if toca_saldar(e)}
    partes = [(porte, _reparto(porte, por_id[porte.envio_id])) for porte in portes_retenidos(sesion, por_id)]
    cadenas = [_movimientos(sesion, porte, *reparto) for porte, reparto in partes]
    resultados = iter(transferir(sesion, [s for cadena in cadenas for s in cadena], SISTEMA))
    hechos: dict[UUID, PorteDeItem] = {}
    for (porte, reparto), cadena in zip(partes, cadenas, strict=True):
        suyos = [next(resultados) for _ in cadena]
        if all(r.hecha for r in suyos):
            _escribir(sesion, porte, *reparto)
            hechos[porte.envio_id] = PorteDeItem.de(porte)
        else:
            registro.error("porte_sin_saldar", porte=str(porte.id), resultados=[r.codigo for r in suyos])
    return hechos


def _reparto(porte: Porte, envio: EnvioConEventos) -> tuple[Money, Money]:
    """For the operator, and for who paid, of what is still for the item."""
    cobrado = min(porte.total, porte.guardado) if envio.admitido_en is not None else cero()
    assert cero() <= cobrado <= porte.guardado
    return cobrado, porte.guardado - cobrado


def _movimientos(
    sesion: Session, porte: Porte, cobrado: Money, devuelto: Money
) -> list[SolicitudTransferencia]:
    assert porte.cuenta is not None
    assert porte.cuenta_operador is not None
    custodia = cuenta_de_asunto(sesion, CLASE, porte.id)
    salidas = (
        ("franqueo", Codigo.FRANQUEO, porte.cuenta_operador, cobrado),
        ("devolucion", Codigo.DEVOLUCION, porte.cuenta, devuelto),
    )
    return _del_recojo(sesion, porte) + encadenar(
        [
            SolicitudTransferencia(
                id=id_de(porte.id, nombre),
                codigo=codigo,
                debito=custodia,
                credito=cuenta,
                monto=monto,
                referencia=porte.envio_id,
            )
            for nombre, codigo, cuenta, monto in salidas
            if monto > cero()
        ]
    )


def devolver_recojo(sesion: Session, envio: EnvioConEventos, cargo: Money) -> None:
    """Give back what the collection of an item costs, in the transaction in which it ended and nobody had
    come. The rest stays held. What the ledger refuses goes back when the postage ends."""
    (porte,) = portes_retenidos(sesion, [envio.id])
    porte.recojo_devuelto = cargo
    if porte.total_medido is not None:
        porte.total_medido -= cargo
    for resultado in transferir(sesion, _del_recojo(sesion, porte), SISTEMA):
        if not resultado.hecha:
            registro.error("recojo_sin_devolver", porte=str(porte.id), resultado=resultado.codigo)
    sesion.flush()
    hechos = {"devuelto": a_centavos(cargo)}
    auditar(sesion, SISTEMA, "porte.devolver_recojo", "envios_envio", envio.id, hechos)


def _del_recojo(sesion: Session, porte: Porte) -> list[SolicitudTransferencia]:
    """Nothing, or what goes back of a collection: asked for again, it is the one that was made."""
    if porte.recojo_devuelto == cero():
        return []
    assert porte.cuenta is not None
    return [
        SolicitudTransferencia(
            id=id_de(porte.id, "recojo"),
            codigo=Codigo.DEVOLUCION,
            debito=cuenta_de_asunto(sesion, CLASE, porte.id),
            credito=porte.cuenta,
            monto=porte.recojo_devuelto,
            referencia=porte.envio_id,
        )
    ]


def _escribir(sesion: Session, porte: Porte, cobrado: Money, devuelto: Money) -> None:
    admitido = cobrado > cero()
    VIDA_PORTE.pasar(porte, EstadoPorte.LIQUIDADO if admitido else EstadoPorte.DEVUELTO)
    porte.cobrado, porte.devuelto = cobrado, devuelto + porte.recojo_devuelto
    porte.terminado_en = ahora_bd(sesion)
    sesion.flush()
    hechos = {"cobrado": a_centavos(cobrado), "devuelto": a_centavos(porte.devuelto)}
    auditar(sesion, SISTEMA, f"porte.{porte.estado}", "envios_envio", porte.envio_id, hechos)
    if admitido and porte.total > porte.guardado:
        pedir_excedente(sesion, porte)
    else:
        cerrar_cuenta_de_asunto(sesion, CLASE, porte.id)
