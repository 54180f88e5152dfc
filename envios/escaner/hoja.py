"""The rounds of a worker as their telephone keeps them: for them alone, no longer than the rounds last."""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from envios.despachos import rondas_de_hoy
from envios.escaner.esquemas import HojaDelTelefono, ParadaDelTelefono, RondaDelTelefono
from nucleo.actor import Actor
from nucleo.dinero import cero
from nucleo.plantillas import filtro_bs
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia


def leer_hoja(sesion: Session, actor: Actor) -> HojaDelTelefono:
    """Until the day ends, or later if a round that is out may."""
    assert actor.persona_id is not None, "a machine has no telephone"
    rondas = rondas_de_hoy(sesion, actor)
    instante = ahora_bd(sesion)
    fin_del_dia = datetime.combine(fecha_bolivia(instante) + timedelta(days=1), time.min, ZONA)
    afuera = [
        r.hoja.revisar_en for r in rondas if r.hoja.salio_en is not None and r.hoja.revisar_en is not None
    ]
    return HojaDelTelefono(
        ahora_ms=int(instante.timestamp() * 1000),
        hasta_ms=int(max([fin_del_dia, *afuera]).timestamp() * 1000),
        persona_id=actor.persona_id,
        rondas=[
            RondaDelTelefono(
                numero=r.hoja.numero,
                estado=r.hoja.estado.texto,
                agencia=r.agencia.nombre,
                operador_unidad_id=r.hoja.operador_unidad_id,
                paradas=[
                    ParadaDelTelefono(
                        numero=p.numero,
                        destinatario=p.destinatario_nombre,
                        telefono=p.destinatario_telefono,
                        destino=p.destino,
                        referencia=p.destino_referencia,
                        codigo_plus=p.codigo_plus,
                        latitud=p.latitud,
                        longitud=p.longitud,
                        cobrar=filtro_bs(p.cobrar) if p.cobrar > cero() else "",
                        elige=p.elige,
                        estado=p.estado_envio.texto,
                        terminada=p.estado_envio.es_terminal,
                    )
                    for p in r.paradas
                ],
            )
            for r in rondas
        ],
    )
