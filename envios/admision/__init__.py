"""The counter: announcing from a quote, walk-ins, admission as measured, collections, receipts of posting."""

from envios.admision import admitir as _admitir
from envios.admision import anunciar as _anunciar
from envios.admision import mostrador as _mostrador
from envios.admision.anunciar import Anuncio
from envios.admision.consultas import peso_medido
from envios.admision.enlaces import enlaces_de
from envios.admision.estados import Franja, Medio
from envios.admision.mostrador import DelMostrador
from envios.admision.precio import Pesada
from envios.admision.recojos import NuevoRecojo, dia_de_recojo, dias_de_recojo
from nucleo.fachada import sin_fila

admitir = sin_fila(_admitir.admitir)
anunciar = sin_fila(_anunciar.anunciar)
recibir_en_mostrador = sin_fila(_mostrador.recibir_en_mostrador)

__all__ = [
    "Anuncio",
    "DelMostrador",
    "Franja",
    "Medio",
    "NuevoRecojo",
    "Pesada",
    "admitir",
    "anunciar",
    "dia_de_recojo",
    "dias_de_recojo",
    "enlaces_de",
    "peso_medido",
    "recibir_en_mostrador",
]
