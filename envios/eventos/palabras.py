"""What does not fit, in words, with what to do."""

from envios.eventos.derivar import ClaseIncidencia
from envios.eventos.estados import Resolucion
from nucleo.textos import perezoso as _l

TEXTO_DE_INCIDENCIA = {
    ClaseIncidencia.ENTREGA_DOBLE: _l("Hay dos entregas anotadas: corrija la que no ocurrió."),
    ClaseIncidencia.ENTREGA_CORREGIDA: _l(
        "Se corrigió una entrega: el pago pudo salir ya. Avise a quien envía y entregue el paquete."
    ),
    ClaseIncidencia.ANULADO_CON_MOVIMIENTOS: _l(
        "Está anulado y el paquete se movió: devuélvalo a quien lo envía."
    ),
    ClaseIncidencia.ANULACION_CORREGIDA: _l("Se corrigió la anulación: el dinero pudo devolverse ya."),
    ClaseIncidencia.ADMISION_CORREGIDA: _l(
        "Se corrigió la admisión y el franqueo ya se cobró: recíbalo de nuevo o devuelva ese dinero."
    ),
    ClaseIncidencia.DEVOLUCION_SIN_AVISO: _l(
        "Volvió al remitente sin un intento fallido antes: anote por qué se devolvió."
    ),
    ClaseIncidencia.TRASPASO_SIN_CONFIRMAR: _l(
        "Un traspaso lo dijo un solo operador: falta que el otro lo confirme."
    ),
    ClaseIncidencia.OPERADOR_SIN_TRASPASO: _l("Otro operador anotó movimientos sin que se le entregara."),
    ClaseIncidencia.ENTREGA_PROVISIONAL: _l(
        "Se entregó sin red y el código no era el de quien recibe: que lo confirme en su página, o corrija "
        "la entrega si no ocurrió. Si nadie dice nada en su plazo, cuenta como entregado."
    ),
    ClaseIncidencia.ENTREGA_NEGADA: _l(
        "Quien recibe dice que no lo tiene: búsquelo con la prueba de la entrega y anote dónde está."
    ),
    ClaseIncidencia.FALTA_EN_DESPACHO: _l(
        "No llegó con su despacho y nadie lo explicó: búsquelo en las dos agencias y avise a quien envía."
    ),
}

COMO_SE_RESUELVE = {
    Resolucion.ACLARADA: _l("Se aclaró qué pasó"),
    Resolucion.COMPENSADA: _l("Se compensó a quien correspondía"),
    Resolucion.SIN_EFECTO: _l("No tuvo efecto: todo está en orden"),
}
"""What somebody may say of how it ended."""
