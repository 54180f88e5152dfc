"""From rows of joint acts to what the API shows."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro.actos.consultas import acto_por_id, firmas_de, firmas_validas
from empresa_digital.registro.actos.errores import ActoTerminado
from empresa_digital.registro.actos.esquemas import ActoSalida, FirmaSalida, TerminoSalida
from empresa_digital.registro.actos.estados import EstadoActo
from empresa_digital.registro.actos.firmas import cuerpo_de
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.actos.palabras import nombre_de_acto
from empresa_digital.registro.unidades import nombres_de_unidades


def actos_salida(sesion: Session, actos: Sequence[ActoPendiente]) -> list[ActoSalida]:
    """What each says and who signed it."""
    firmas = firmas_de(sesion, [a.id for a in actos])
    personas = {a.propuesto_por for a in actos} | {f.persona_id for suyas in firmas.values() for f in suyas}
    nombres = nombres_de_personas(sesion, personas)
    unidades = nombres_de_unidades(sesion, {a.unidad_id for a in actos})
    salida = []
    for acto in actos:
        valen = {f.persona_id for f in firmas_validas(sesion, acto.id)}
        pendiente = acto.estado == EstadoActo.PENDIENTE
        terminos, declaracion, pagina = en_palabras(sesion, acto)
        salida.append(
            ActoSalida(
                id=acto.id,
                codigo=acto.codigo,
                nombre=nombre_de_acto(acto.codigo),
                unidad_id=acto.unidad_id,
                unidad=unidades[acto.unidad_id],
                estado=acto.estado,
                monto=acto.monto,
                firmas_requeridas=acto.firmas_requeridas,
                firmas=[
                    FirmaSalida(
                        persona_id=f.persona_id,
                        nombre=nombres[f.persona_id],
                        firmado_en=f.firmado_en,
                        vale=not pendiente or f.persona_id in valen,
                    )
                    for f in firmas[acto.id]
                ],
                propuesto_por=nombres[acto.propuesto_por],
                creado_en=acto.creado_en,
                vence_en=acto.vence_en,
                en_palabras=[TerminoSalida(termino=t, valor=v) for t, v in terminos],
                documento=acto.documento,
                huella=acto.huella.hex(),
                declaracion=declaracion if pendiente else None,
                pagina=pagina,
                resuelto_en=acto.resuelto_en,
                motivo=acto.motivo,
                negado_en=acto.negado_en,
                negado_motivo=acto.negado_motivo if pendiente else None,
            )
        )
    return salida


def en_palabras(sesion: Session, acto: ActoPendiente) -> tuple[list[tuple[str, str]], str | None, str | None]:
    """The body, term and value; what a signer declares; the page of the thing. Nothing of a kind that is not
    done any more.
    """
    try:
        definicion, cuerpo = cuerpo_de(acto)
    except ActoTerminado:
        return [], None, None
    terminos = list(definicion.en_palabras(sesion, cuerpo))
    return terminos, definicion.declara(sesion, cuerpo), definicion.pagina(cuerpo)


def acto_salida(sesion: Session, acto_id: UUID) -> ActoSalida:
    """One act, for the room whose use case it is."""
    return actos_salida(sesion, [acto_por_id(sesion, acto_id)])[0]


def quienes_firmaron(sesion: Session, acto_id: UUID) -> str:
    """The names of all who signed an act, the first before."""
    firmas = firmas_de(sesion, [acto_id])[acto_id]
    nombres = nombres_de_personas(sesion, {f.persona_id for f in firmas})
    return ", ".join(nombres[f.persona_id] for f in firmas)
