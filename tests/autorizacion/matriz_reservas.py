"""Rows of reserves and of the change feed; API and pages."""

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CUENTA_DE_ANA, Fila, Quien, bs, fila, mandato, no
from tests.autorizacion.reveses import cerrada, congelada, sin_saldo

LAS_SUYAS = Quien("tomasa", "tienda", "PAGAR", libre=True)
PAGA = mandato("tienda", "PAGAR", "tomasa")


def preparar(e: Escena) -> None:
    """Of the shop's money for Luis: one that is open, and one that ended."""
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as bolivianos
    from nucleo.ids import nuevo_id
    from pagos.reservas import anular_reserva, reservar
    from pagos.reservas.esquemas import NuevaReserva

    tomasa = e.actor("tomasa")
    with transaccion() as sesion:
        for clave, monto in (("reserva", "3.00"), ("reserva_anulada", "4.00")):
            e.valores[clave] = nuevo_id()
            pedido = NuevaReserva(
                id=e.valores[clave],
                debito=e.valores["cuenta_tienda"],
                credito=e.valores["cuenta_luis"],
                monto=bolivianos(monto),
                motivo=f"Garantía {MARCA}",
            )
            reservar(sesion, tomasa, pedido)
        anular_reserva(sesion, tomasa, e.valores["reserva_anulada"])


_RESERVA = {
    "id": "{nuevo}",
    "debito": "{cuenta_ana}",
    "credito": "{cuenta_luis}",
    "monto": bs("2.00"),
    "motivo": "Garantía",
}
_UNA = {"params": {"reserva_id": "reserva"}, "rechazo": 404}
_DE_PROGRAMA = {"alcance": "pagos", "maquina": 404}
_ANULADA = {"reserva_id": "reserva_anulada"}
_A_ELLA = {"a": "/billetera/reservas/"}

FILAS: list[Fila] = [
    fila(
        "POST",
        "/api/v1/reservas",
        ANA,
        201,
        json=_RESERVA,
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/api/v1/reservas",
        PAGA,
        201,
        variante="de una unidad",
        json=_RESERVA | {"debito": "{cuenta_tienda}"},
        alcance="pagos",
        negada=no(409, "cuenta_debito_congelada", antes=congelada("tienda")),
    ),
    fila("GET", "/api/v1/reservas", LAS_SUYAS, 200, contiene=True, alcance="pagos", maquina=200),
    fila("GET", "/api/v1/reservas/{reserva_id}", PAGA, 200, contiene=True, **_DE_PROGRAMA, **_UNA),
    fila(
        "POST",
        "/api/v1/reservas/{reserva_id}/confirmacion",
        PAGA,
        200,
        json={"monto": bs("1.00")},
        **_DE_PROGRAMA,
        **_UNA,
        negada=no(409, "reserva_resuelta", params=_ANULADA),
    ),
    fila(
        "POST",
        "/api/v1/reservas/{reserva_id}/anulacion",
        PAGA,
        200,
        **_DE_PROGRAMA,
        **_UNA,
        negada=no(409, "cuenta_debito_cerrada", antes=cerrada("tienda")),
    ),
    fila("GET", "/billetera/reservas", ANA, 200, consulta=CUENTA_DE_ANA),
    fila("GET", "/billetera/reservas/{reserva_id}", PAGA, 200, contiene=True, **_UNA),
    fila(
        "POST",
        "/billetera/reservas/{reserva_id}/confirmar",
        PAGA,
        303,
        form={"monto": "1,00"},
        **_UNA,
        **_A_ELLA,
        negada=no(422, "hasta lo reservado", {"monto": "3,01"}),
    ),
    fila(
        "POST",
        "/billetera/reservas/{reserva_id}/anular",
        PAGA,
        303,
        **_UNA,
        **_A_ELLA,
        negada=no(409, "La cuenta que paga está cerrada", antes=cerrada("tienda")),
    ),
    fila(
        "GET",
        "/api/v1/cuentas/{cuenta_id}/cambios",
        PAGA,
        200,
        params={"cuenta_id": "cuenta_tienda"},
        alcance="pagos",
    ),
]
HISTORIA = {0: preparar}
CONSTANTES: dict[str, str] = {}
