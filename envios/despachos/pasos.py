"""The steps without more data that pages and API take by their name."""

from uuid import UUID

from sqlmodel import Session

from envios.despachos.bloqueos import bloquear_hoja
from envios.despachos.despachos import deshacer_despacho, despachar
from envios.despachos.esquemas import PasoDeLaHoja, PasoDeLaSaca, PasoDelDespacho
from envios.despachos.hojas import agregar_los_que_esperan, cerrar_hoja, deshacer_hoja, salir
from envios.despachos.modelos import Despacho, HojaDeRuta, Saca
from envios.despachos.recibir import cerrar_recepcion, recibir_todo, vaciar_saca
from envios.despachos.sacas import deshacer_saca, reabrir_saca
from nucleo.actor import Actor

_SACA = {
    PasoDeLaSaca.REABRIR: reabrir_saca,
    PasoDeLaSaca.DESHACER: deshacer_saca,
    PasoDeLaSaca.VACIAR: vaciar_saca,
}
_DESPACHO = {
    PasoDelDespacho.SALIR: despachar,
    PasoDelDespacho.DESHACER: deshacer_despacho,
    PasoDelDespacho.LLEGO_TODO: recibir_todo,
    PasoDelDespacho.CERRAR: cerrar_recepcion,
}
_HOJA = {
    PasoDeLaHoja.SALIR: salir,
    PasoDeLaHoja.CERRAR: cerrar_hoja,
    PasoDeLaHoja.DESHACER: deshacer_hoja,
}


def paso_de_saca(sesion: Session, actor: Actor, saca_id: UUID, paso: PasoDeLaSaca) -> Saca:
    return _SACA[paso](sesion, actor, saca_id)


def paso_de_despacho(sesion: Session, actor: Actor, despacho_id: UUID, paso: PasoDelDespacho) -> Despacho:
    return _DESPACHO[paso](sesion, actor, despacho_id)


def paso_de_hoja(sesion: Session, actor: Actor, hoja_id: UUID, paso: PasoDeLaHoja) -> HojaDeRuta:
    if paso is PasoDeLaHoja.LOS_QUE_ESPERAN:
        agregar_los_que_esperan(sesion, actor, hoja_id)
        return bloquear_hoja(sesion, hoja_id)
    return _HOJA[paso](sesion, actor, hoja_id)
