"""From rows of mandates to what the API shows."""

from collections.abc import Sequence

from sqlmodel import Session

from empresa_digital.registro.mandatos.consultas import nombres_de_apoderados
from empresa_digital.registro.mandatos.esquemas import MandatoSalida
from empresa_digital.registro.mandatos.limites import limites_de
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.mandatos.uso import usos_de


def mandatos_salida(sesion: Session, mandatos: Sequence[Mandato]) -> list[MandatoSalida]:
    nombres = nombres_de_apoderados(sesion, mandatos)
    usos = usos_de(sesion, [m.id for m in mandatos])
    return [
        MandatoSalida(
            id=m.id,
            unidad_id=m.unidad_id,
            apoderado_persona_id=m.apoderado_persona_id,
            apoderado_unidad_id=m.apoderado_unidad_id,
            apoderado=nombres[m.id],
            facultades=[Facultad(f) for f in m.facultades],
            **limites_de(m),
            usado_dia=usos[m.id].usado_dia if m.id in usos else None,
            usado_mes=usos[m.id].usado_mes if m.id in usos else None,
            valido_desde=m.valido_desde,
            valido_hasta=m.valido_hasta,
            firmas_requeridas=m.firmas_requeridas,
            grupo_firma=m.grupo_firma,
            subdelegable=m.subdelegable,
            delegado_de=m.delegado_de,
            documento=m.documento,
            aceptado_en=m.aceptado_en,
            ofrecido_hasta=m.ofrecido_hasta,
            otorgado_por=m.otorgado_por,
            revocado_en=m.revocado_en,
            revocado_motivo=m.revocado_motivo,
        )
        for m in mandatos
    ]
