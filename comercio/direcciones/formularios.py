"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.direcciones.esquemas import DireccionNueva
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.formularios.campos import Campo
from nucleo.textos import perezoso as _l


def donde_se_recibe(*, sin_lugar: bool = False) -> tuple[Campo, ...]:
    """The fields of who receives and where; the place may be left out with `sin_lugar`."""
    return (
        campos.texto(
            "destinatario",
            _l("Nombre de quien recibe"),
            falta=_l("Escriba el nombre de quien recibirá el pedido."),
            autocompletar="name",
            maximo=120,
        ),
        campos.telefono(
            "telefono",
            _l("Teléfono"),
            ayuda=_l("El correo llamará a este número si no le encuentra."),
        ),
        campos.seleccion(
            "municipio_ine",
            _l("Municipio"),
            elija=_l("Elija un municipio"),
            falta=_l("Elija el municipio de entrega."),
            opcional=sin_lugar,
            vacio=None,
        ),
        campos.area(
            "referencia",
            _l("Cómo llegar"),
            ayuda=_l("Calle o zona, y algo que se reconozca: color de la puerta, tienda cercana."),
            falta=_l("Escriba cómo llegar: calle o zona, y algo que se reconozca."),
            filas=3,
            maximo=300,
            opcional=sin_lugar,
            vacio=None,
        ),
    )


DIRECCION = Formulario(
    "direccion",
    DireccionNueva,
    campos.texto(
        "nombre",
        _l("¿Cómo la llama?"),
        ayuda=_l("Casa, trabajo… Si ya tiene una con ese nombre, la cambia."),
        falta=_l("Escriba un nombre, con 2 letras o más."),
        maximo=60,
    ),
    *donde_se_recibe(),
)
BORRAR = Formulario("direccion.borrar", Nada)
HojaDeDireccion = Annotated[Hoja[DireccionNueva], Depends(DIRECCION)]
HojaDeBorrar = Annotated[Hoja[Nada], Depends(BORRAR)]
