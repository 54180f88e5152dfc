"""What happens to the scene before a request that the domain then refuses (`Negada.antes`)."""

from collections.abc import Callable

from tests.autorizacion.escena import Escena

Reves = Callable[[Escena], None]


def sin_saldo(de: str) -> Reves:
    """Nothing is left to spend in that person's or unit's account."""

    def vaciar(e: Escena) -> None:
        from nucleo.actor import Actor, Autorizacion
        from nucleo.bd import transaccion
        from nucleo.ids import nuevo_id
        from pagos import (
            Codigo,
            SolicitudTransferencia,
            TipoCuenta,
            cuenta_de_sistema,
            exigir_transferencia,
            saldo_disponible,
        )

        cuenta = e.valores[f"cuenta_{de}"]
        with transaccion() as sesion:
            salida = SolicitudTransferencia(
                id=nuevo_id(),
                codigo=Codigo.AJUSTE,
                debito=cuenta,
                credito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
                monto=saldo_disponible(sesion, cuenta),
            )
            exigir_transferencia(sesion, [salida], Autorizacion.propia(Actor.sistema("prueba")))

    return vaciar


def congelada(de: str) -> Reves:
    """The platform has frozen that account."""

    def congelar(e: Escena) -> None:
        from nucleo.bd import transaccion
        from pagos.libro.cuentas import congelar

        with transaccion() as sesion:
            congelar(sesion, e.valores[f"cuenta_{de}"])

    return congelar


def cerrada(de: str) -> Reves:
    """That account is closed, whatever it holds."""

    def cerrar(e: Escena) -> None:
        e.administrar(f"UPDATE pagos_cuenta SET cerrada = true WHERE id = {e.valores[f'cuenta_{de}']}")

    return cerrar


def luego(*reveses: Reves) -> Reves:
    """One after the other."""

    def todos(e: Escena) -> None:
        for reves in reveses:
            reves(e)

    return todos
