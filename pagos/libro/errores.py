"""Errors of payments. Each result code of the ledger becomes one of these, with what to do about it."""

from typing import Any, ClassVar

from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio, LimiteExcedido, NoEncontrado
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class ErrorDePago(ErrorDominio):
    """The ledger refused a transfer; `codigo` is the ledger's own result code."""

    estado = 409
    codigo = "pago_rechazado"
    titulo = _l("El pago no se realizó")

    def __init__(self, detalle: str = "", *, resultado: str | None = None, **extra: Any) -> None:
        super().__init__(detalle, **extra)
        if resultado is not None:
            self.codigo = resultado  # type: ignore[misc]


class FondosInsuficientes(ErrorDePago):
    codigo = "fondos_insuficientes"
    titulo = _l("No hay saldo suficiente")


class LimiteSuperado(ErrorDePago):
    codigo = "limite_superado"
    titulo = _l("El pago supera un límite")


class MandatoNoAlcanza(ErrorDePago):
    """Who pays does not act for the owner of the account, or not up to that amount."""

    estado: ClassVar[int] = 403
    codigo = "mandato_no_alcanza"
    titulo = _l("Su mandato no permite este pago")


class LimiteDeMandato(MandatoNoAlcanza):
    codigo = "limite_de_mandato"
    titulo = _l("El pago supera el límite de su mandato")


class CuentaNoOpera(ErrorDePago):
    codigo = "cuenta_no_opera"
    titulo = _l("La cuenta no puede operar")


class PagoRepetido(ErrorDePago):
    """An equal payment was made some minutes ago, and whoever pays has not been told."""

    codigo = "pago_repetido"
    titulo = _l("Ya hizo un pago igual")


class PendienteResuelta(ErrorDePago):
    codigo = "pendiente_resuelta"
    titulo = _l("El pago reservado ya no está en espera")


class TransferenciaDistinta(ErrorDePago):
    """The id was already used for something else: the client's mistake, never a second payment."""

    estado: ClassVar[int] = 422
    codigo = "existe_con_otros_datos"
    titulo = _l("Ese identificador ya se usó para otro pago")


class TransferenciaInvalida(ErrorDePago):
    estado: ClassVar[int] = 422
    codigo = "transferencia_invalida"
    titulo = _l("La transferencia está mal formada")


class LoteRechazado(ErrorDePago):
    """An atomic batch in which some transfer was refused: `codigo` is that one's, and none was made."""

    titulo = _l("El lote no se realizó")


class TransferenciaEnCurso(ErrorDePago):
    codigo = "transferencia_en_curso"
    titulo = _l("Ese mismo pago se está procesando")
    pasajero = True


class CuentaInexistente(NoEncontrado):
    codigo = "cuenta_inexistente"
    titulo = _l("La cuenta no existe")


class TransferenciaInexistente(NoEncontrado):
    codigo = "transferencia_inexistente"
    titulo = _l("La transferencia no existe")


class AliasInvalido(DatosInvalidos):
    codigo = "alias_invalido"
    titulo = _l("Ese alias no se puede usar")


class AliasTomado(Conflicto):
    codigo = "alias_tomado"
    titulo = _l("Ese alias no está disponible")


class ColaLlena(LimiteExcedido):
    codigo = "cola_llena"
    titulo = _l("Hay demasiados pagos en curso")


class DestinatarioInexistente(DatosInvalidos):
    codigo = "destinatario_inexistente"
    titulo = _l("No encontramos a esa persona")


def error_de(resultado: str) -> ErrorDePago:
    """The domain error for a result code other than `ok` and `existe`."""
    clase, detalle = _ERRORES.get(resultado, (None, ""))
    if clase is None:
        distinto = resultado.startswith("existe_con_")
        clase = TransferenciaDistinta if distinto else TransferenciaInvalida
        detalle = (
            _("Use un identificador nuevo para un pago nuevo; repita el mismo solo con los mismos datos.")
            if distinto
            else _("Revise los datos de la transferencia y vuelva a enviarla.")
        )
    return clase(detalle, resultado=resultado)


_ERRORES: dict[str, tuple[type[ErrorDePago], str]] = {
    "fondos_insuficientes": (
        FondosInsuficientes,
        _l("Su saldo disponible no alcanza. Agregue dinero a esa cuenta, o pague con otra."),
    ),
    "excede_debitos": (
        FondosInsuficientes,
        _l("La cuenta de destino no puede recibir ese monto: superaría lo que tiene entregado."),
    ),
    "cuenta_debito_ajena": (
        MandatoNoAlcanza,
        _l("Esa cuenta es de otra persona: solo ella paga con su dinero. Elija una cuenta suya."),
    ),
    "sin_mandato": (
        MandatoNoAlcanza,
        _l("Para pagar por esa unidad económica necesita un mandato. Pídaselo a quien la administra."),
    ),
    "mandato_ajeno": (
        MandatoNoAlcanza,
        _l("El mandato es de otra persona o de otra unidad económica. Ingrese de nuevo y elija la cuenta."),
    ),
    "mandato_no_vigente": (
        MandatoNoAlcanza,
        _l(
            "Su mandato ya terminó o fue revocado, y el pago no se hizo. "
            "Hable con quien administra la unidad."
        ),
    ),
    "mandato_conjunto": (
        MandatoNoAlcanza,
        _l("Su mandato necesita la firma de otras personas. Presente el pago para que también lo firmen."),
    ),
    "mandato_sin_facultad": (
        MandatoNoAlcanza,
        _l("Su mandato no incluye la facultad de pagar. Pídasela a quien administra la unidad."),
    ),
    "limite_de_mandato_acto": (
        LimiteDeMandato,
        _l(
            "El monto supera lo que su mandato permite en un solo acto. "
            "Quien administra la unidad puede ampliarlo."
        ),
    ),
    "limite_de_mandato_dia": (
        LimiteDeMandato,
        _l(
            "Con este pago superaría lo que su mandato permite en un día. Espere a mañana, o pida a quien "
            "administra la unidad que lo amplíe."
        ),
    ),
    "limite_de_mandato_mes": (
        LimiteDeMandato,
        _l(
            "Con este pago superaría lo que su mandato permite en el mes. Espere al próximo, o pida a quien "
            "administra la unidad que lo amplíe."
        ),
    ),
    "limite_por_transaccion_salida": (
        LimiteSuperado,
        _l("El monto supera lo que puede enviar en una sola operación. Use un monto menor."),
    ),
    "limite_diario_salida": (
        LimiteSuperado,
        _l("Con este pago superaría lo que puede enviar en un día. Use un monto menor o espere a mañana."),
    ),
    "limite_mensual_salida": (
        LimiteSuperado,
        _l("Con este pago superaría lo que puede enviar en el mes. Use un monto menor o espere al próximo."),
    ),
    "limite_cantidad_diaria_salida": (
        LimiteSuperado,
        _l("Ya hizo todas las operaciones permitidas en un día. Vuelva a intentar mañana."),
    ),
    "limite_rapidez_salida": (
        LimiteSuperado,
        _l(
            "Hizo muchos pagos en pocos minutos. Por su seguridad espere unos minutos y repita este; "
            "si no fue usted, congele su cuenta."
        ),
    ),
    "limite_cantidad_mensual_salida": (
        LimiteSuperado,
        _l("Ya hizo todas las operaciones permitidas en el mes. Vuelva a intentar el próximo."),
    ),
    "limite_por_transaccion_entrada": (
        LimiteSuperado,
        _l("El monto supera lo que la cuenta de destino puede recibir en una sola operación."),
    ),
    "limite_diario_entrada": (
        LimiteSuperado,
        _l("La cuenta de destino superaría lo que puede recibir en un día. Intente mañana o con menos."),
    ),
    "limite_mensual_entrada": (
        LimiteSuperado,
        _l("La cuenta de destino superaría lo que puede recibir en el mes. Intente con un monto menor."),
    ),
    "limite_cantidad_diaria_entrada": (
        LimiteSuperado,
        _l("La cuenta de destino ya recibió todas las operaciones permitidas en un día. Intente mañana."),
    ),
    "limite_cantidad_mensual_entrada": (
        LimiteSuperado,
        _l("La cuenta de destino ya recibió todas las operaciones permitidas en el mes."),
    ),
    "cuenta_debito_cerrada": (
        CuentaNoOpera,
        _l("La cuenta que paga está cerrada. Elija otra cuenta."),
    ),
    "cuenta_credito_cerrada": (
        CuentaNoOpera,
        _l("La cuenta que recibe está cerrada. Pida otra cuenta al destinatario."),
    ),
    "cuenta_debito_congelada": (
        CuentaNoOpera,
        _l(
            "La cuenta que paga está congelada: puede recibir, pero no enviar. "
            "En la seguridad de su billetera dice por qué y cómo se levanta."
        ),
    ),
    "cuenta_debito_inexistente": (TransferenciaInvalida, _l("La cuenta que paga no existe.")),
    "cuenta_credito_inexistente": (TransferenciaInvalida, _l("La cuenta que recibe no existe.")),
    "cuentas_iguales": (
        TransferenciaInvalida,
        _l("La cuenta que paga y la que recibe son la misma. Elija otra cuenta de destino."),
    ),
    "monedas_distintas": (TransferenciaInvalida, _l("Las dos cuentas deben tener la misma moneda.")),
    "motivo_no_corresponde": (
        TransferenciaInvalida,
        _l(
            "El dinero en custodia y el presupuesto comprometido solo entran y salen por lo que pasa con su "
            "pedido, envío o reclamo."
        ),
    ),
    "pendiente_con_otro_codigo": (
        TransferenciaInvalida,
        _l("Un pago reservado se confirma o se anula con el mismo motivo con que se reservó."),
    ),
    "id_invalido": (
        TransferenciaInvalida,
        _l("Ese identificador no es de nadie: genere uno nuevo, por ejemplo un UUIDv7."),
    ),
    "monto_invalido": (TransferenciaInvalida, _l("El monto debe ser mayor que cero.")),
    "excede_pendiente": (
        TransferenciaInvalida,
        _l("No puede confirmar más de lo reservado. Confirme ese monto o uno menor."),
    ),
    "anulacion_parcial": (
        TransferenciaInvalida,
        _l("Una anulación libera todo lo reservado. Envíela sin monto o con el monto completo."),
    ),
    "pendiente_inexistente": (TransferenciaInvalida, _l("El pago reservado no existe.")),
    "no_es_pendiente": (TransferenciaInvalida, _l("Esa transferencia no es un pago reservado.")),
    "pendiente_ya_confirmada": (
        PendienteResuelta,
        _l("El pago reservado ya fue confirmado; no hace falta hacer nada más."),
    ),
    "pendiente_ya_anulada": (
        PendienteResuelta,
        _l("El pago reservado ya fue anulado y el dinero volvió a quien pagaba. Haga un pago nuevo."),
    ),
    "pendiente_vencida": (
        PendienteResuelta,
        _l("Venció el plazo del pago reservado y el dinero volvió a quien pagaba. Haga un pago nuevo."),
    ),
    "cadena_fallida": (
        ErrorDePago,
        _l("No se hizo ninguna de las transferencias enlazadas, porque otra de ellas no pudo hacerse."),
    ),
    "existe": (
        TransferenciaDistinta,
        _l(
            "Una parte de este pago ya estaba hecha y otra no. Use identificadores nuevos para un pago nuevo."
        ),
    ),
}


class NoEstaCongelada(Conflicto):
    codigo = "no_esta_congelada"
    titulo = _l("La cuenta no está congelada por esa causa")
