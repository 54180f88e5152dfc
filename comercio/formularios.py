"""From what a form sent to an input model, and from its errors to one sentence a field."""

from typing import Any

from pydantic import ValidationError

from nucleo.textos import gettext as _


def errores_de(error: ValidationError, textos: dict[str, str]) -> dict[str, str]:
    """One sentence for each wrong field; `textos` says what the field needs."""
    errores: dict[str, str] = {}
    for falta in error.errors():
        campo = str(falta["loc"][0]) if falta["loc"] else "general"
        errores.setdefault(campo, textos.get(campo, _("Revise este dato.")))
    return errores


def textos_de(formulario: str) -> dict[str, str]:
    """What each field of a form needs, said to whoever fills it in."""
    todos: dict[str, dict[str, str]] = {
        "entrega": {
            "destinatario": _("Escriba el nombre de quien recibirá el pedido."),
            "telefono": _("Escriba un teléfono con números, por ejemplo 71234567."),
            "municipio_ine": _("Elija el municipio de entrega."),
            "referencia": _("Escriba cómo llegar: calle o zona, y algo que se reconozca."),
        },
        "producto": {
            "unidad_id": _("Elija la unidad que vende."),
            "sku": _("Use letras, números, punto, guion o barra, sin espacios (hasta 40)."),
            "titulo": _("Escriba un título de 3 a 120 letras."),
            "descripcion": _("Escriba una descripción de hasta 4.000 letras."),
            "categoria": _("Elija una categoría de la lista."),
            "precio": _("Escriba el precio con números, por ejemplo 45,50."),
            "unidad_medida": _("Elija cómo se vende."),
            "existencia": _("Escriba cuántas unidades tiene, de 0 a 1.000.000."),
            "peso_g": _("Escriba el peso en gramos, de 0 a 1.000.000."),
        },
        "motivo": {"motivo": _("Escriba el motivo, con 3 letras o más.")},
    }
    return todos[formulario]


def limpiar(valores: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was sent empty."""
    return {campo: valor for campo, valor in valores.items() if valor not in ("", None)}
