"""What is written here carries no way of reaching or paying somebody elsewhere."""

from comercio.mensajes.errores import ConContacto
from nucleo.contactos import contactos_en
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

EN_PUBLICO = _l("lo lee cualquiera, y lo acordado fuera no tiene custodia.")
EN_EL_PEDIDO = _l(
    "lo que se acuerda o se paga por otro lado no tiene custodia ni reclamo. Dígalo aquí: el teléfono y la"
    " dirección de entrega ya están en el pedido."
)


def exigir_sin_contactos(texto: str, por_que: str) -> None:
    """Raises `ConContacto`, which says what it found, why it may not be and what to do."""
    hallados = contactos_en(texto)
    if hallados:
        uno = hallados[0]
        dice = _("Quite «%(que)s», que parece %(clase)s: %(por_que)s") % {
            "que": texto[uno.desde : uno.hasta],
            "clase": uno.nombre,
            "por_que": por_que,
        }
        raise ConContacto(dice, campos={"texto": dice})
