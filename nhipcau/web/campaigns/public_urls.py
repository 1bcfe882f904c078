"""Short addresses for members: what posters print and QR codes hold."""

from django.urls import path

from nhipcau.web.campaigns import answering, public

urlpatterns = [
    path("<slug:token>/", public.front, name="campaign_front"),
    path("<slug:token>/<int:number>/", answering.quiz, name="campaign_quiz"),
    path("<slug:token>/doc/<uuid:material>/", public.reading, name="campaign_reading"),
]
