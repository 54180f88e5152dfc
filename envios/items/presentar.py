"""An item for the API."""

from envios.items.consultas import Vista
from envios.items.esquemas import EnvioLeido
from envios.items.modelos import Envio
from nucleo.configuracion import ajustes


def url_de_seguimiento(envio: Envio) -> str:
    """Absolute address of the public page, as printed in the QR of the label."""
    return f"{ajustes().url_publica.rstrip('/')}/seguimiento/{envio.numero}"


def leer_envio(envio: Envio, vista: Vista) -> EnvioLeido:
    """The shipment as the API gives it to somebody concerned; the code only to who receives."""
    assert vista is not Vista.PUBLICO
    muestra_codigo = vista is Vista.DESTINATARIO and not envio.estado.es_terminal
    return EnvioLeido(
        **{
            campo: getattr(envio, campo)
            for campo in EnvioLeido.model_fields
            if campo not in ("etiqueta", "papel", "codigo_entrega", "seguimiento")
        },
        etiqueta=envio.estado.etiqueta_aftership,
        papel=vista.value,
        codigo_entrega=envio.codigo_entrega if muestra_codigo else None,
        seguimiento=url_de_seguimiento(envio),
    )
