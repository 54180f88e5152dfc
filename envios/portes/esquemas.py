"""What crosses the API."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from envios.portes.accesos import PorteALaVista
from envios.portes.estados import EstadoExcedente, EstadoPorte
from nucleo.dinero import Dinero


class ExcedenteLeido(BaseModel):
    monto: Dinero
    estado: EstadoExcedente
    pedido_en: datetime
    vence_en: datetime
    resuelto_en: datetime | None


class PorteLeido(BaseModel):
    """Lo que cuesta un envío y qué pasó con ese dinero. Quien recibe solo ve `contra_entrega`."""

    envio_id: UUID
    contra_entrega: Dinero = Field(description="Lo que se cobra a quien recibe.")
    cotizacion_id: UUID | None = None
    estado: EstadoPorte | None = None
    cotizado: Dinero | None = None
    retenido_en: datetime | None = None
    peso_medido_g: int | None = None
    total_medido: Dinero | None = Field(None, description="Lo que cuesta como se midió al recibirlo.")
    cobrado: Dinero | None = Field(None, description="De lo cotizado, lo que recibió el operador.")
    devuelto: Dinero | None = Field(None, description="De lo cotizado, lo que volvió a quien pagó.")
    recojo_devuelto: Dinero | None = Field(
        None, description="De lo cotizado, lo que volvió porque nadie pasó a recoger el envío."
    )
    terminado_en: datetime | None = None
    excedente: ExcedenteLeido | None = Field(
        None, description="Lo que cuesta más de lo cotizado: nadie lo cobra sin que quien paga acepte."
    )

    @classmethod
    def de(cls, visto: PorteALaVista) -> "PorteLeido":
        p, x = visto.porte, visto.excedente
        if visto.solo_cobro:
            return cls(envio_id=p.envio_id, contra_entrega=p.contra_entrega)
        return cls(
            envio_id=p.envio_id,
            contra_entrega=p.contra_entrega,
            cotizacion_id=p.cotizacion_id,
            estado=EstadoPorte(p.estado),
            cotizado=p.cotizado,
            retenido_en=p.retenido_en,
            peso_medido_g=p.peso_medido_g,
            total_medido=p.total_medido,
            cobrado=p.cobrado,
            devuelto=p.devuelto,
            recojo_devuelto=p.recojo_devuelto,
            terminado_en=p.terminado_en,
            excedente=ExcedenteLeido(**x.model_dump()) if x else None,
        )
