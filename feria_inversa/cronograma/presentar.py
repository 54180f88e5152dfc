"""From the days of a process to what the API answers and the pages show."""

from datetime import datetime

from sqlmodel import Session

from feria_inversa.cronograma.consultas import cronograma_de
from feria_inversa.cronograma.esquemas import CronogramaSalida, EtapaSalida, PlazoDeEtapa
from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.cronograma.plazos import Cuenta, avisos, cuentas
from feria_inversa.cronograma.programar import dias_de
from feria_inversa.procesos import ConvocatoriaNoEncontrada
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.textos import gettext as _


def presentar(sesion: Session, convocatoria: Convocatoria) -> CronogramaSalida:
    """Raises `ConvocatoriaNoEncontrada`: a draft has no days yet."""
    if convocatoria.publicado_en is None or convocatoria.vence_en is None:
        raise ConvocatoriaNoEncontrada(_("Todavía no se publicó."))
    fila = cronograma_de(sesion, convocatoria.id)
    dias = dias_de(fila)
    contadas = cuentas(sesion, convocatoria, dias)
    return CronogramaSalida(
        numero=fila.numero if fila else None,
        motivo=fila.motivo if fila else None,
        escrito_en=fila.escrito_en if fila else None,
        publicado_en=convocatoria.publicado_en,
        vence_en=convocatoria.vence_en,
        etapas=[
            EtapaSalida(etapa=etapa, dia=dia, hecha_en=hecha_en(convocatoria, etapa))
            for etapa, dia in dias.items()
        ],
        plazos=[_plazo(cuenta) for cuenta in contadas],
        avisos=avisos(convocatoria, contadas, dias),
    )


def hecha_en(convocatoria: Convocatoria, etapa: Etapa) -> datetime | None:
    """When the act of a stage was done, of those that are acts here."""
    hechas = {
        Etapa.APERTURA: convocatoria.conocidas_en,
        Etapa.ADJUDICACION: convocatoria.resuelto_en,
        Etapa.CONTRATO: convocatoria.contratado_en,
    }
    return hechas.get(etapa)


def _plazo(cuenta: Cuenta) -> PlazoDeEtapa:
    plazo, ultimo = cuenta.computo.plazo, cuenta.computo.ultimo_dia
    assert ultimo is not None
    return PlazoDeEtapa(
        codigo=plazo.codigo,
        nombre=plazo.nombre,
        norma=plazo.norma,
        confirmado=plazo.confirmado,
        dias=plazo.valor,
        inicio=cuenta.computo.inicio,
        ultimo_dia=ultimo,
        dia=cuenta.dia,
        cumple=cuenta.cumple,
    )
