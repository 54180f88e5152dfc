"""What each side of an item is told. The sender's unit learns what happened, never where the recipient was or
why the door stayed shut; the recipient is told to have the code ready, never the code itself.
"""

from dataclasses import dataclass

from envios.items import EstadoEnvio, eventos
from nucleo.textos import perezoso as _l


@dataclass(frozen=True, slots=True)
class Aviso:
    """Subject and body; `%(numero)s`, `%(accion)s` and `%(nota)s` are filled in."""

    asunto: str
    cuerpo: str


_E = EstadoEnvio

PARA_DESTINATARIO: dict[EstadoEnvio, Aviso] = {
    _E.ADMITIDO: Aviso(
        _l("El operador recibió su envío %(numero)s"),
        _l(
            "Su envío %(numero)s ya está en camino. En la página de seguimiento verá por dónde va "
            "y su código de entrega."
        ),
    ),
    _E.EN_REPARTO: Aviso(
        _l("Su envío %(numero)s salió a reparto"),
        _l(
            "Tenga a mano el código de entrega que aparece en la página de seguimiento. "
            "Dígalo solo al recibir el paquete."
        ),
    ),
    _E.LISTO_PARA_RETIRO: Aviso(
        _l("Puede retirar su envío %(numero)s"),
        _l(
            "Su envío está en la agencia. Lleve el código de entrega que aparece en la página de seguimiento."
        ),
    ),
    _E.INTENTO_FALLIDO: Aviso(
        _l("No se pudo entregar su envío %(numero)s"),
        _l("Qué sigue: %(accion)s. En la página de seguimiento está el detalle."),
    ),
    _E.EN_DEVOLUCION: Aviso(
        _l("Su envío %(numero)s vuelve al remitente"),
        _l("El operador lo devuelve. En la página de seguimiento está el detalle y lo que puede hacer."),
    ),
    _E.DEVUELTO: Aviso(
        _l("Su envío %(numero)s volvió al remitente"),
        _l("El operador registró que lo entregó a quien lo envió: ya no le llegará."),
    ),
    _E.ENTREGADO: Aviso(
        _l("Su envío %(numero)s fue entregado"),
        _l("Se entregó con su código. Si usted no lo tiene, en la página de seguimiento dice qué hacer."),
    ),
    _E.ANULADO: Aviso(
        _l("Se anuló el envío %(numero)s"), _l("Se anuló antes de que el operador lo recibiera.")
    ),
    _E.SIN_NOTICIAS: Aviso(
        _l("No hay noticias de su envío %(numero)s"),
        _l("El operador no informó nada en su plazo. Pregúntele, o avise a quien se lo envió."),
    ),
}

PARA_REMITENTE: dict[EstadoEnvio, Aviso] = {
    _E.ADMITIDO: Aviso(
        _l("El operador recibió el envío %(numero)s"), _l("El paquete ya está en manos del operador.")
    ),
    _E.EN_REPARTO: Aviso(_l("El envío %(numero)s salió a reparto"), _l("El operador lo lleva a su destino.")),
    _E.LISTO_PARA_RETIRO: Aviso(
        _l("El envío %(numero)s espera en la agencia"), _l("Quien lo recibe ya puede retirarlo.")
    ),
    _E.INTENTO_FALLIDO: Aviso(_l("No se pudo entregar el envío %(numero)s"), _l("Qué sigue: %(accion)s.")),
    _E.EN_DEVOLUCION: Aviso(
        _l("El envío %(numero)s vuelve a quien lo envió"),
        _l("El operador lo devuelve. Le avisaremos cuando llegue."),
    ),
    _E.DEVUELTO: Aviso(
        _l("El envío %(numero)s fue devuelto"),
        _l("El operador registró que lo entregó de vuelta."),
    ),
    _E.ENTREGADO: Aviso(
        _l("El envío %(numero)s fue entregado"), _l("Se entregó con el código de quien recibe.")
    ),
    _E.ANULADO: Aviso(_l("El envío %(numero)s quedó anulado"), _l("No viajará: el paquete sigue con usted.")),
    _E.SIN_NOTICIAS: Aviso(
        _l("No hay noticias del envío %(numero)s"),
        _l("El operador no informó nada en su plazo. Pregúntele; puede reclamarlo si no aparece."),
    ),
}

_CORREGIDO = Aviso(
    _l("Se corrigió lo anotado del envío %(numero)s"),
    _l("El operador anotó por error cómo había terminado. En la página de seguimiento verá dónde está."),
)
SUELTOS: dict[str, dict[str, Aviso]] = {
    "destinatario": {
        eventos.ENVIO_CORREGIDO: _CORREGIDO,
        eventos.ENVIO_ENTREGA_PROVISIONAL: Aviso(
            _l("¿Recibió su envío %(numero)s?"),
            _l(
                "Quien reparte dice que lo entregó, con un código que no era el suyo. Diga en la página de "
                "seguimiento si lo tiene: si no responde en su plazo, quedará como entregado."
            ),
        ),
    },
    "remitente": {
        eventos.ENVIO_CORREGIDO: _CORREGIDO,
        eventos.ENVIO_ENTREGA_PROVISIONAL: Aviso(
            _l("El envío %(numero)s espera una confirmación"),
            _l("El operador dice que lo entregó, con otro código: falta que lo confirme quien recibe."),
        ),
        eventos.ENVIO_ANULACION_RECHAZADA: Aviso(
            _l("No se anuló el envío %(numero)s"), _l("El operador rechazó la anulación. %(nota)s")
        ),
    },
    "operador": {
        eventos.ENVIO_ANULACION_PEDIDA: Aviso(
            _l("Piden anular el envío %(numero)s"),
            _l("Responda si lo tiene. Si nadie responde en su plazo y no hay movimientos, se anula solo."),
        ),
    },
}
"""By side and event: each told once, when it happens; none of them is a state."""
