"""The reverse fair: public entities show what they need, registered units bid for it in closed envelopes."""

from feria_inversa.adjudicacion import adjudicar, emitir_ordenes
from feria_inversa.apertura import abrir_convocatoria
from feria_inversa.consultas import Filtro, buscar, buscar_convocatorias, contar_abiertas, de_la_entidad
from feria_inversa.convocatorias import (
    cancelar_convocatoria,
    crear_borrador,
    editar_borrador,
    eliminar_borrador,
    publicar_convocatoria,
)
from feria_inversa.cuce import Cuce, CuceInvalido
from feria_inversa.estados import Estado, nombre_estado, tono_estado
from feria_inversa.modelos import Convocatoria, Item, Modalidad, Oferta, OrdenDeCompra
from feria_inversa.ofertas import presentar_oferta, retirar_oferta

__all__ = [
    "Convocatoria",
    "Cuce",
    "CuceInvalido",
    "Estado",
    "Filtro",
    "Item",
    "Modalidad",
    "Oferta",
    "OrdenDeCompra",
    "abrir_convocatoria",
    "adjudicar",
    "buscar",
    "buscar_convocatorias",
    "cancelar_convocatoria",
    "contar_abiertas",
    "crear_borrador",
    "de_la_entidad",
    "editar_borrador",
    "eliminar_borrador",
    "emitir_ordenes",
    "nombre_estado",
    "presentar_oferta",
    "publicar_convocatoria",
    "retirar_oferta",
    "tono_estado",
]
