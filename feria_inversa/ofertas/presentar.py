"""From rows of bids to what the API answers."""

from feria_inversa.entidades import unidad_breve
from feria_inversa.ofertas.consultas import OfertaConLineas
from feria_inversa.ofertas.esquemas import OfertaAbierta, OfertaLineaSalida, OfertaRecibo
from feria_inversa.ofertas.modelos import Oferta


def recibo(oferta: Oferta) -> OfertaRecibo:
    return OfertaRecibo(**{campo: getattr(oferta, campo) for campo in OfertaRecibo.model_fields})


def oferta_abierta(abierta: OfertaConLineas) -> OfertaAbierta:
    return OfertaAbierta(
        **{campo: getattr(abierta.oferta, campo) for campo in OfertaRecibo.model_fields},
        proveedor=unidad_breve(abierta.proveedor),
        total=abierta.total,
        lineas=[
            OfertaLineaSalida(**{campo: getattr(linea, campo) for campo in OfertaLineaSalida.model_fields})
            for linea in abierta.lineas
        ],
    )
