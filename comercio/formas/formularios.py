"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.formas.esquemas import FormasDeLaUnidad
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

FORMAS = Formulario(
    "formas_de_entrega",
    FormasDeLaUnidad,
    campos.casilla(
        "correo",
        _l("Por correo"),
        ayuda=_l("Un operador postal lleva el paquete a todo el país."),
    ),
    campos.casilla(
        "cobra_correo",
        _l("El correo lo paga quien compra"),
        ayuda=_l(
            "La tarifa más barata de un operador, por el peso y el lugar, antes de pagar. Usted la recibe."
        ),
    ),
    campos.casilla(
        "contra_entrega",
        _l("Acepto que paguen al recibir"),
        ayuda=_l(
            "El operador cobra en la puerta y el dinero queda en custodia. Si no lo reciben, vuelve sin pago."
        ),
    ),
    campos.casilla(
        "retiro",
        _l("Se recoge donde estoy"),
        ayuda=_l("Quien compra viene y le muestra su código de entrega."),
    ),
    campos.area(
        "donde",
        _l("¿Dónde y en qué horario se recoge?"),
        ayuda=_l("Calle o zona, algo que se reconozca, días y horas."),
        filas=3,
        maximo=300,
        opcional=True,
    ),
    campos.casilla(
        "reparto",
        _l("Lo llevo yo"),
        ayuda=_l("Usted lo lleva a la dirección y pide el código de entrega."),
    ),
    campos.area(
        "reparte",
        _l("¿Qué días y zonas reparte?"),
        filas=2,
        maximo=300,
        opcional=True,
    ),
    campos.seleccion(
        "zonas.*.municipio_ine",
        _l("Municipio"),
        opcional=True,
        elija=_l("Ninguno"),
        falta=_l("Elija el municipio, o borre lo que cobra."),
    ),
    campos.dinero("zonas.*.monto", _l("Cuánto cobra"), falta=_l("Escriba cuánto; 0 si es gratis.")),
    campos.dinero(
        "gratis_desde",
        _l("Gratis desde"),
        ayuda=_l(
            "Si un pedido llega a ese monto en productos, no se cobra su entrega. Vacío: siempre se cobra."
        ),
        opcional=True,
    ),
)
HojaDeFormas = Annotated[Hoja[FormasDeLaUnidad], Depends(FORMAS)]
